package io.pushgate.gateway.client;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.pushgate.gateway.client.witness.Evidence;
import io.pushgate.gateway.http.Forwarded;
import io.pushgate.gateway.http.PercentText;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/**
 * One whole request, read once and asked by each rule. What is wrong with it is the rules' to say:
 * here it is empty. Immutable, as its parts are not changed.
 *
 * @param body at most {@link RequestReader#MAX_BODY} bytes, each as one character
 * @param peer the socket's address, often a proxy's
 * @param evidence what it tells of the proxies before it
 * @param target empty where the request line names nothing that can be served
 * @param route empty where nothing is served
 * @param parameters of the query, decoded
 * @param bearer the token that it carries; empty where none is asked for
 */
record PublicRequest(
    HttpRequest head,
    String body,
    InetAddress peer,
    Forwarded forwarded,
    Evidence evidence,
    Admission.Ticket ticket,
    Optional<Target> target,
    Optional<Route> route,
    Map<String, String> parameters,
    Optional<Bearer> bearer) {

  HttpHeaders headers() {
    return head.headers();
  }

  InetAddress client() {
    return forwarded.client();
  }

  String path() {
    return target.map(Target::path).orElse("");
  }

  boolean leadsTo(Endpoint endpoint) {
    return route.filter(route -> route.endpoint() == endpoint).isPresent();
  }

  boolean opensWebSocket() {
    return route.filter(route -> route.endpoint().isWebSocket()).isPresent();
  }

  boolean opensSession() {
    return route.filter(route -> route.endpoint().isSession()).isPresent();
  }

  boolean isOnBehalfOfUser() {
    return route.filter(route -> route.endpoint().isUsers()).isPresent();
  }

  boolean isPreflight() {
    return head.method().equals(HttpMethod.OPTIONS);
  }

  /** The name in the path, decoded; empty where it cannot be decoded. */
  Optional<String> name() {
    return route.flatMap(route -> PercentText.decode(route.segment()));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  boolean hasUpgrade() {
    return headers().contains(HttpHeaderNames.UPGRADE);
  }

  /** Whether the upgrade arrived whole; in HTTP/1.0 there is none (RFC 9110, section 7.8). */
  boolean isUpgrade() {
    return head.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        && headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
  }

  boolean hasBody() {
    return hasBody(headers());
  }

  static boolean hasBody(HttpHeaders headers) {
    return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        || !headers.get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0");
  }
}
