package io.pushgate.gateway.client;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.http.Quoted;
import io.pushgate.gateway.websocket.Handshake;
import java.util.List;
import java.util.Optional;

/**
 * 400 {@code bad_handshake}, 426 {@code websocket_version} and {@code upgrade_required}: the
 * opening handshake itself (RFC 6455, section 4.2). Any thread.
 */
final class Upgrade implements Rule {
  static final String SUBPROTOCOL = "pushgate.v1";
  private static final String VERSION = "13";

  @Override
  public Optional<Problem> objection(PublicRequest request) {
    if (!request.opensWebSocket() || request.isPreflight()) {
      return Optional.empty();
    }
    return request.isUpgrade()
        ? handshake(request).or(() -> version(request))
        : Optional.of(upgradeRequired());
  }

  /** The value of {@code Sec-WebSocket-Accept} for a request that this rule lets pass. */
  static String accept(PublicRequest request) {
    String accept = Handshake.accept(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY));
    if (accept == null) {
      throw new IllegalArgumentException("the key was checked before");
    }
    return accept;
  }

  /** Whether the client named the protocol, which the answer then has to repeat. */
  static boolean offersProtocol(PublicRequest request) {
    return offered(request).contains(SUBPROTOCOL);
  }

  private static Optional<Problem> handshake(PublicRequest request) {
    List<String> keys = request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    if (keys.size() != 1) {
      return badHandshake("expected one Sec-WebSocket-Key, not " + keys.size());
    }
    if (Handshake.accept(keys.get(0)) == null) {
      return badHandshake(
          "Sec-WebSocket-Key was %s; expected the base64 of 16 bytes"
              .formatted(Quoted.text(keys.get(0))));
    }
    int versions = request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION).size();
    if (versions > 1) {
      return badHandshake("expected one Sec-WebSocket-Version, not " + versions);
    }
    // What was offered may hold a token: it is not repeated. Echo speaks whatever a suite offers.
    return request.opensSession()
            && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)
            && !offersProtocol(request)
        ? badHandshake("Sec-WebSocket-Protocol does not offer " + SUBPROTOCOL)
        : Optional.empty();
  }

  private static Optional<Problem> version(PublicRequest request) {
    String version = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
    if (VERSION.equals(version)) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
                ProblemCode.WEBSOCKET_VERSION,
                "Sec-WebSocket-Version was %s; expected %s"
                    .formatted(version == null ? "missing" : Quoted.text(version), VERSION))
            .withHeader("Sec-WebSocket-Version", VERSION)
            .withHeader("Upgrade", "websocket"));
  }

  private static Problem upgradeRequired() {
    return Problem.of(
            ProblemCode.UPGRADE_REQUIRED,
            "expected HTTP/1.1 with Upgrade: websocket and Connection: Upgrade; hop tells what arrived")
        .withHeader("Upgrade", "websocket");
  }

  private static List<String> offered(PublicRequest request) {
    String all = String.join(",", request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL));
    return List.of(all.strip().split("[ \t]*,[ \t]*", -1));
  }

  private static Optional<Problem> badHandshake(String detail) {
    return Optional.of(Problem.of(ProblemCode.BAD_HANDSHAKE, detail));
  }
}
