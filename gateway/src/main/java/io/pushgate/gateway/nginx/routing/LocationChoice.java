package io.pushgate.gateway.nginx.routing;

import io.pushgate.gateway.nginx.text.Directive;
import io.pushgate.gateway.nginx.text.LocationPattern;
import io.pushgate.gateway.nginx.text.LocationPattern.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the location that takes a path, by nginx's rules. Stateless. */
final class LocationChoice {
  private LocationChoice() {}

  /** The locations around the one that takes it, the outermost first; none where none does. */
  static List<Directive> of(Directive server, String path) {
    return search(server, path).chain();
  }

  /** Those that would be chosen if no expression were asked. */
  static List<Directive> ofPrefixes(Directive server, String path) {
    List<Directive> chain = new ArrayList<>();
    Directive prefix = longestPrefix(server, path);
    while (prefix != null) {
      chain.add(prefix);
      prefix = longestPrefix(prefix, path);
    }
    return chain;
  }

  /** The location that is jumped to by its name. */
  static List<Directive> named(Directive server, String name) {
    return server.all("location").stream()
        .filter(location -> location.argument(0).equals(name))
        .limit(1)
        .toList();
  }

  /**
   * @param settled whether no expression further out is asked any more
   */
  private record Found(List<Directive> chain, boolean settled) {}

  private static Found search(Directive parent, String path) {
    Directive prefix = longestPrefix(parent, path);
    List<Directive> chain = List.of();
    boolean expressions = true;
    if (prefix != null) {
      Kind kind = LocationPattern.of(prefix).kind();
      Found inside = search(prefix, path);
      chain = joined(prefix, inside.chain());
      if (kind == Kind.EXACT || inside.settled()) {
        return new Found(chain, true);
      }
      expressions = kind != Kind.PREFIX_ALONE;
    }
    for (Directive location : expressions ? parent.all("location") : List.<Directive>of()) {
      LocationPattern pattern = LocationPattern.of(location);
      if (pattern.isRegex() && pattern.matches(path)) {
        return new Found(joined(location, search(location, path).chain()), true);
      }
    }
    return new Found(chain, false);
  }

  private static @Nullable Directive longestPrefix(Directive parent, String path) {
    Directive longest = null;
    int length = -1;
    for (Directive location : parent.all("location")) {
      LocationPattern pattern = LocationPattern.of(location);
      boolean exact = pattern.kind() == Kind.EXACT;
      boolean counts = (exact || pattern.isPrefix()) && pattern.matches(path);
      if (counts && (exact || pattern.path().length() > length)) {
        longest = location;
        length = exact ? Integer.MAX_VALUE : pattern.path().length();
      }
    }
    return longest;
  }

  private static List<Directive> joined(Directive first, List<Directive> rest) {
    List<Directive> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }
}
