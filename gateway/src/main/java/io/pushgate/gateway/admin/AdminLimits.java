package io.pushgate.gateway.admin;

/** The bounds of the admin port. */
final class AdminLimits {
  /** Connections at one time. */
  static final int MAX_CONNECTIONS = 256;

  /** Bytes of a request line. */
  static final int MAX_LINE = 8 << 10;

  /** Bytes of all headers of a request. */
  static final int MAX_HEADERS = 16 << 10;

  /** How long a connection may take from one answer to the end of its next request. */
  static final int REQUEST_SECONDS = 30;

  /** How long an answer may take, from the request to the last byte that the peer took. */
  static final int ANSWER_SECONDS = 15;

  /** Answers that wait for the port's own thread. */
  static final int MAX_WAITING = 32;

  /** Sessions that one answer lists, and where none is asked for. */
  static final int MAX_LISTED = 1_000;

  static final int LISTED = 50;

  private AdminLimits() {}
}
