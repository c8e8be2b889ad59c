package io.pushgate.gateway.client;

import io.netty.handler.codec.http.HttpRequest;
import io.pushgate.gateway.config.TrustedProxies;
import io.pushgate.gateway.http.Forwarded;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the requests of one connection, with what the connection itself knows. Immutable but for
 * the ticket.
 */
record RequestFactory(
    InetAddress peer, Admission.Ticket ticket, TrustedProxies trusted, StaticFiles files) {

  PublicRequest of(HttpRequest head, String body) {
    Optional<Target> target = Target.parse(head.uri());
    return new PublicRequest(
        head,
        body,
        peer,
        Forwarded.of(peer, head.headers(), trusted),
        ticket,
        target,
        target.flatMap(asked -> Route.of(asked.path(), files::has)),
        target.map(Target::parameters).orElse(Map.of()));
  }
}
