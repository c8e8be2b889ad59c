package io.pushgate.gateway.conformance;

/** What a client sends behind its handshake. Immutable but for the bytes, which nobody changes. */
final class Case {
  /** Begins with the section of RFC 6455 that it is about. */
  final String id;

  final byte[] bytes;

  /** Into how large pieces the bytes are cut, each a write of its own. */
  final int piece;

  final Then then;

  /** What follows the bytes. */
  enum Then {
    /** A ping, whose pong tells that the connection lives. */
    PING,
    /** Nothing: it is the server's turn. */
    NOTHING,
    /** The client ends its direction. */
    END
  }

  Case(String id, byte[] bytes, int piece, Then then) {
    this.id = id;
    this.bytes = bytes;
    this.piece = piece;
    this.then = then;
  }
}
