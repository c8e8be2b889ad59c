package io.pushgate.gateway.conformance;

/**
 * What a client sends behind its handshake. Immutable but for the bytes, which nobody changes.
 *
 * @param id begins with the section of RFC 6455 that it is about
 * @param piece into how large pieces the bytes are cut, each a write of its own
 */
record Case(String id, byte[] bytes, int piece, Then then) {

  /** What follows the bytes. */
  enum Then {
    /** A ping, whose pong tells that the connection lives. */
    PING,
    /** Nothing: it is the server's turn. */
    NOTHING,
    /** The client ends its direction. */
    END
  }
}
