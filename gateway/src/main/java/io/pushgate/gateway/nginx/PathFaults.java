package io.pushgate.gateway.nginx;

import java.util.List;
import java.util.Optional;

/** What a proxied request's path becomes on its way. Stateless. */
final class PathFaults {
  private PathFaults() {}

  static List<Fault> of(Visit visit) {
    return visit.proxyPass().flatMap(pass -> fault(visit, pass)).stream().toList();
  }

  private static Optional<Fault> fault(Visit visit, ProxyPass pass) {
    String sent = visit.request().target();
    String decoded = RequestPath.normalised(sent);
    Optional<String> passed = passedOn(visit, pass);
    if (passed.isEmpty() || passed.get().equals(sent)) {
      return Optional.empty();
    }
    boolean byRule = pass.uri().isEmpty();
    String cause = byRule ? "a rewrite" : "what stands behind the address in proxy_pass";
    String code = passed.get().equals(decoded) ? "name_reencoded" : "path_rewritten";
    String summary =
        "%s changes the path: %s is passed on as %s".formatted(cause, sent, passed.get());
    return Optional.of(Fault.at(pass.directive(), code, summary, mending(visit, pass, byRule)));
  }

  /** A rule of the server's own runs before any location, so that no line in one would mend it. */
  private static Edit[] mending(Visit visit, ProxyPass pass, boolean byRule) {
    String path = RequestPath.normalised(visit.request().target());
    boolean before =
        visit.server().all("rewrite").stream()
            .anyMatch(rule -> Regex.find(rule.argument(0), false, path).isPresent());
    if (byRule) {
      return before ? new Edit[0] : new Edit[] {visit.wholeLocation()};
    }
    return new Edit[] {visit.inLocation(Lines.proxyPass(pass.address()))};
  }

  /** The path as the gateway sees it, decoded where nginx decodes it; empty where it can't tell. */
  private static Optional<String> passedOn(Visit visit, ProxyPass pass) {
    String path = visit.route().path();
    if (pass.uri().isEmpty()) {
      return Optional.of(visit.route().rewritten() ? path : visit.request().target());
    }
    if (pass.directive().argument(0).contains("$")) {
      return visit.variables().text(pass.uri());
    }
    Directive location = visit.scope().place();
    if (!location.is("location")) {
      return Optional.empty();
    }
    LocationPattern pattern = LocationPattern.of(location);
    return pattern.isRegex() || !path.startsWith(pattern.path())
        ? Optional.empty()
        : Optional.of(pass.uri() + path.substring(pattern.path().length()));
  }
}
