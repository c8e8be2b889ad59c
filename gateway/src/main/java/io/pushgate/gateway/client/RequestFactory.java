package io.pushgate.gateway.client;

import io.netty.handler.codec.http.HttpRequest;
import io.pushgate.gateway.client.witness.Evidence;
import io.pushgate.gateway.config.TrustedProxies;
import io.pushgate.gateway.http.Forwarded;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the requests of one connection, with what the connection itself knows. Immutable but for
 * the ticket.
 *
 * @param peer the other end of the connection
 * @param local the gateway's end of it
 */
record RequestFactory(
    InetAddress peer,
    InetSocketAddress local,
    Admission.Ticket ticket,
    Access access,
    StaticFiles files) {

  PublicRequest of(HttpRequest head, String body) {
    Optional<Target> target = Target.parse(head.uri());
    Map<String, String> parameters = target.map(Target::parameters).orElse(Map.of());
    TrustedProxies trusted = access.trusted();
    return new PublicRequest(
        head,
        body,
        peer,
        Forwarded.of(peer, head.headers(), trusted),
        new Evidence(head, target.map(Target::path).orElse(""), local, trusted.contains(peer)),
        ticket,
        target,
        target.flatMap(asked -> Route.of(asked.path(), files::has)).filter(this::isServed),
        parameters,
        access.bearer(head.headers(), parameters));
  }

  private boolean isServed(Route route) {
    return route.endpoint() != Endpoint.ECHO || access.config().echo();
  }
}
