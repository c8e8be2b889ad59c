package io.pushgate.gateway.nginx.routing;

import io.pushgate.gateway.nginx.Lines;
import io.pushgate.gateway.nginx.text.Directive;
import io.pushgate.gateway.nginx.text.LocationPattern;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where the gateway is, as far as the locations of a server tell. Stateless. */
public final class GatewayAddress {
  /** Where a gateway listens that was told nothing else. */
  private static final String USUAL = "127.0.0.1:8000";

  private static final String API = "/notifications";

  private GatewayAddress() {}

  /** Whether the path of a location is one of the gateway's, behind whatever prefix. */
  public static boolean isOf(Directive location) {
    return LocationPattern.of(location).path().contains(API);
  }

  /**
   * Where the request goes; or else where a location goes that is named for the gateway, here or in
   * another server, or one that would take its path or passes an upgrade on. Others are for
   * something else.
   */
  static String of(Visit visit) {
    return visit
        .proxyPass()
        .or(() -> first(visit, visit.server(), at -> path(at).contains(API + "/ws")))
        .or(() -> first(visit, visit.server(), GatewayAddress::isOf))
        .or(() -> first(visit, visit.server(), GatewayAddress::mightServe))
        .or(() -> inAnyServer(visit))
        .map(ProxyPass::address)
        .orElse(USUAL);
  }

  private static String path(Directive location) {
    return LocationPattern.of(location).path();
  }

  private static boolean mightServe(Directive location) {
    return LocationPattern.of(location).matches(Lines.PATH + "probe")
        || location.all("proxy_set_header").stream()
            .anyMatch(set -> set.argument(0).equalsIgnoreCase("Upgrade"));
  }

  private static Optional<ProxyPass> inAnyServer(Visit visit) {
    return visit.main().first("http").stream()
        .flatMap(http -> http.all("server").stream())
        .flatMap(server -> first(visit, server, GatewayAddress::isOf).stream())
        .findFirst();
  }

  private static Optional<ProxyPass> first(
      Visit visit, Directive server, Predicate<Directive> choice) {
    return locations(server)
        .filter(choice)
        .flatMap(location -> passes(location.block()))
        .findFirst()
        .map(pass -> ProxyPass.of(pass, visit.variables()));
  }

  private static Stream<Directive> locations(Directive parent) {
    return parent.all("location").stream()
        .flatMap(location -> Stream.concat(Stream.of(location), locations(location)));
  }

  private static Stream<Directive> passes(List<Directive> block) {
    return block.stream()
        .flatMap(
            directive ->
                directive.is("proxy_pass") ? Stream.of(directive) : passes(directive.block()));
  }
}
