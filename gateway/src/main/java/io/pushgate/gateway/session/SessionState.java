package io.pushgate.gateway.session;

/** Where a session stands in its life; each state is left for a later one alone. */
enum SessionState {
  /** The broker was asked where to start; nothing was said. */
  OPENING,
  /** Greeted; reads and is read. */
  OPEN,
  /**
   * Left its group; a last frame is under way, and a deadline runs. Who was sent away to come back
   * is still heard: what it acknowledged before it learned of that counts.
   */
  CLOSING,
  /** The wire is gone. */
  CLOSED
}
