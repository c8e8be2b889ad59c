package io.pushgate.gateway.nginx.routing;

import io.pushgate.gateway.nginx.text.Directive;
import io.pushgate.gateway.nginx.text.Regex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the {@code server} that serves a host and port, by nginx's rules. Stateless. */
public final class ServerChoice {
  private ServerChoice() {}

  /** One server on one address. */
  private record Candidate(Directive server, Listen listen) {}

  /**
   * The address is compared before any name is. Where the host does not tell it, every address is
   * asked for the name, those of all interfaces first.
   */
  public static Optional<Directive> of(List<Directive> servers, String host, int port) {
    Map<String, List<Candidate>> groups = new LinkedHashMap<>();
    groups.put(Listen.ANY, new ArrayList<>());
    groups.put("::", new ArrayList<>());
    for (Directive server : servers) {
      for (Listen listen : Listen.of(server)) {
        if (listen.isOn(port)) {
          groups
              .computeIfAbsent(listen.address(), address -> new ArrayList<>())
              .add(new Candidate(server, listen));
        }
      }
    }
    String name = host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]|\\.$", "");
    List<List<Candidate>> asked =
        reached(groups, name).stream().filter(group -> !group.isEmpty()).toList();
    return asked.stream()
        .flatMap(group -> byName(group, name).stream())
        .findFirst()
        .or(() -> asked.stream().findFirst().map(ServerChoice::byDefault));
  }

  private static Collection<List<Candidate>> reached(
      Map<String, List<Candidate>> groups, String host) {
    boolean ipv6 = host.indexOf(':') >= 0;
    if (!ipv6 && !host.equals("localhost") && !host.matches("[0-9]+(\\.[0-9]+){3}")) {
      return groups.values();
    }
    String address = host.equals("localhost") ? "127.0.0.1" : host;
    List<Candidate> none = List.of();
    List<Candidate> own = groups.getOrDefault(address, none);
    return List.of(own.isEmpty() ? groups.getOrDefault(ipv6 ? "::" : Listen.ANY, none) : own);
  }

  private static Directive byDefault(List<Candidate> group) {
    return group.stream()
        .filter(candidate -> candidate.listen().isDefault())
        .findFirst()
        .orElse(group.get(0))
        .server();
  }

  /** Exact, then the longest {@code *.x}, then the longest {@code x.*}, then the first regex. */
  private static Optional<Directive> byName(List<Candidate> group, String host) {
    Directive best = null;
    int bestRank = 0;
    for (Candidate candidate : group) {
      int rank = rank(candidate.server(), host);
      if (rank > bestRank) {
        best = candidate.server();
        bestRank = rank;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int rank(Directive server, String host) {
    return names(server).stream().mapToInt(name -> rank(name, host)).max().orElse(0);
  }

  /** The names of a server, in small letters but for expressions. */
  public static List<String> names(Directive server) {
    return server.all("server_name").stream()
        .flatMap(names -> names.arguments().stream())
        .map(name -> name.startsWith("~") ? name : name.toLowerCase(Locale.ROOT))
        .toList();
  }

  private static int rank(String name, String host) {
    int exact = 1 << 24;
    int before = 1 << 16;
    int behind = 1 << 8;
    if (name.startsWith("~")) {
      return Regex.find(name.substring(1), true, host).isPresent() ? 1 : 0;
    }
    if (name.equals(host) || name.equals("." + host)) {
      return exact;
    }
    String tail = name.startsWith("*.") ? name.substring(1) : name;
    if (tail.startsWith(".") && host.endsWith(tail) && host.length() > tail.length()) {
      return before + tail.length();
    }
    boolean open = name.endsWith(".*") && host.startsWith(name.substring(0, name.length() - 1));
    return open ? behind + name.length() : 0;
  }
}
