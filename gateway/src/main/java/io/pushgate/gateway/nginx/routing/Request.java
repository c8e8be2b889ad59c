package io.pushgate.gateway.nginx.routing;

/**
 * A request as nginx receives it: the handshake of a WebSocket. Immutable.
 *
 * @param target as on the request line
 */
public record Request(String host, int port, boolean tls, String target) {

  /** The same client asks for something else. */
  Request to(String otherTarget) {
    return new Request(host, port, tls, otherTarget);
  }

  /** As a browser writes it: the port is left out where it is the scheme's own. */
  String hostHeader() {
    return port == (tls ? 443 : 80) ? host : host + ":" + port;
  }
}
