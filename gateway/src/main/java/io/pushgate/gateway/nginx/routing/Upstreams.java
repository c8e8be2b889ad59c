package io.pushgate.gateway.nginx.routing;

import io.pushgate.gateway.nginx.text.Directive;
import java.util.List;
import java.util.Optional;

/** The servers behind the names that {@code proxy_pass} takes. Stateless. */
public final class Upstreams {
  private Upstreams() {}

  /** The block that defines a name. */
  public static Optional<Directive> named(Directive main, String name) {
    return main.first("http").stream()
        .flatMap(http -> http.all("upstream").stream())
        .filter(upstream -> upstream.argument(0).equals(name))
        .findFirst();
  }

  /** Whether two addresses lead to one server, at least at times. */
  static boolean meet(Directive main, String one, String other) {
    List<String> servers = servers(main, one);
    return servers(main, other).stream().anyMatch(servers::contains);
  }

  private static List<String> servers(Directive main, String address) {
    return named(main, address)
        .map(block -> block.all("server").stream().map(server -> server.argument(0)).toList())
        .orElse(List.of(address))
        .stream()
        .map(server -> server.replaceFirst("^localhost(?=:|$)", "127.0.0.1"))
        .toList();
  }
}
