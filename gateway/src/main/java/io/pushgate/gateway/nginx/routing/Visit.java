package io.pushgate.gateway.nginx.routing;

import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.Edit.Place;
import io.pushgate.gateway.nginx.Lines;
import io.pushgate.gateway.nginx.text.Directive;
import io.pushgate.gateway.nginx.text.LocationPattern;
import java.util.List;
import java.util.Optional;

/**
 * One request to one server of a configuration, and the way it takes there. One thread.
 *
 * @param main nginx's name for the block around all others
 */
public record Visit(
    Directive main, Directive server, Request request, Variables variables, Route route) {

  static Visit of(Directive main, Directive server, Request request) {
    Optional<Directive> http = main.first("http");
    Variables variables =
        new Variables(http.map(block -> block.all("map")).orElse(List.of()), request);
    ServerChoice.names(server).stream()
        .limit(1)
        .filter(name -> !name.startsWith("~"))
        .forEach(name -> variables.set("server_name", Optional.of(name.replaceFirst("^\\.", ""))));
    Scope around = new Scope(http.stream().toList());
    Route route = new Routing(around, server, request, variables).route();
    Visit visit = new Visit(main, server, request, variables, route);
    visit.proxyPass().ifPresent(pass -> variables.set("proxy_host", Optional.of(pass.address())));
    return visit;
  }

  /** A handshake to a server that is known to serve this host and port. */
  public static Visit of(Directive main, Directive server, String host, int port, String target) {
    boolean tls =
        Listen.of(server).stream().anyMatch(listen -> listen.isOn(port) && listen.has("ssl"));
    return of(main, server, new Request(host, port, tls, target));
  }

  /** The same client asks the same server for something else. */
  public Visit to(String target) {
    return of(main, server, request.to(target));
  }

  /** The blocks around whatever handles it. */
  public Scope scope() {
    return route.scope();
  }

  /** Whether it goes to another server over HTTP. */
  public boolean isProxied() {
    return route.handling() == Route.Handling.PROXIED;
  }

  /** Where it is proxied to. */
  public Optional<ProxyPass> proxyPass() {
    return isProxied()
        ? route.decisive().map(directive -> ProxyPass.of(directive, variables))
        : Optional.empty();
  }

  /**
   * Where a location named for the gateway would pass it, which loses to an expression that is not,
   * or that passes no upgrade on.
   */
  public Optional<ProxyPass> overridden() {
    Directive place = scope().place();
    boolean expression = place.is("location") && LocationPattern.of(place).isRegex();
    return expression && isProxied() && !route.rewritten()
        ? named()
            .filter(own -> !GatewayAddress.isOf(place) || !passesUpgrade(scope()))
            .flatMap(own -> own.first("proxy_pass"))
            .map(pass -> ProxyPass.of(pass, variables))
            .filter(own -> proxyPass().stream().noneMatch(to -> meet(own, to)))
        : Optional.empty();
  }

  private Optional<Directive> named() {
    List<Directive> chain = LocationChoice.ofPrefixes(server, route.path());
    return chain.stream()
        .skip(Math.max(0, chain.size() - 1))
        .filter(GatewayAddress::isOf)
        .findFirst();
  }

  private static boolean passesUpgrade(Scope scope) {
    return scope.every("proxy_set_header").stream()
        .anyMatch(set -> set.argument(0).equalsIgnoreCase("Upgrade"));
  }

  private boolean meet(ProxyPass one, ProxyPass other) {
    return Upstreams.meet(main, one.address(), other.address());
  }

  /** Lines for the location that handles it. */
  public Edit inLocation(String... lines) {
    return edit(Place.LOCATION, List.of(lines));
  }

  /** Lines for one of the blocks around it. */
  public Edit edit(Place place, List<String> lines) {
    return new Edit(place, request.target(), lines);
  }

  /** A location of its own for the gateway's WebSocket, in this server. */
  public Edit wholeLocation() {
    return wholeLocation(GatewayAddress.of(this));
  }

  /** The same where the gateway is known to be elsewhere than this request goes to. */
  public Edit wholeLocation(String gateway) {
    return edit(Place.SERVER, Lines.location(gateway));
  }
}
