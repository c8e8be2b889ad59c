package io.pushgate.gateway.nginx;

import io.pushgate.gateway.nginx.Edit.Place;
import java.util.List;
import java.util.Optional;

/** One request to one server of a configuration, and the way it takes there. One thread. */
record Visit(
    Configuration configuration,
    Directive server,
    Request request,
    Variables variables,
    Route route) {

  static Visit of(Configuration configuration, Directive server, Request request) {
    Variables variables = new Variables(configuration.maps(), request);
    Scope around = new Scope(configuration.http().map(List::of).orElse(List.of()));
    Route route = new Routing(around, server, request, variables).route();
    Visit visit = new Visit(configuration, server, request, variables, route);
    visit.proxyPass().ifPresent(pass -> variables.set("proxy_host", Optional.of(pass.address())));
    return visit;
  }

  /** A handshake to a server that is known to serve this host and port. */
  static Visit of(
      Configuration configuration, Directive server, String host, int port, String target) {
    boolean tls =
        Listen.of(server).stream().anyMatch(listen -> listen.isOn(port) && listen.has("ssl"));
    return of(configuration, server, Request.handshake(host, port, tls, target));
  }

  /** The same client asks the same server for something else. */
  Visit to(String target) {
    return of(configuration, server, request.to(target));
  }

  Scope scope() {
    return route.scope();
  }

  boolean isProxied() {
    return route.handling() == Route.Handling.PROXIED;
  }

  /** Where it is proxied to. */
  Optional<ProxyPass> proxyPass() {
    return isProxied()
        ? route.decisive().map(directive -> ProxyPass.of(directive, variables))
        : Optional.empty();
  }

  Edit inLocation(String... lines) {
    return edit(Place.LOCATION, List.of(lines));
  }

  Edit edit(Place place, List<String> lines) {
    return new Edit(place, request.target(), lines);
  }

  /** A location of its own for the gateway's WebSocket, in this server. */
  Edit wholeLocation() {
    String gateway = proxyPass().map(ProxyPass::address).orElse("127.0.0.1:8000");
    return edit(Place.SERVER, Lines.location(gateway));
  }
}
