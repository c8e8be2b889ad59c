package io.pushgate.bench.client;

/** Where a session stands. */
enum SessionState {
  /** The socket is not connected yet. */
  CONNECTING,
  /** The request is sent, the answer's head is not whole. */
  SHAKING,
  /** Upgraded; the gateway has not said welcome, so it may not be attached. */
  WELCOMING,
  /** Welcomed: every push from now on is expected. */
  LIVE,
  /** A Close frame is sent, the end of the stream is awaited. */
  CLOSING,
  /** The socket is closed. */
  ENDED
}
