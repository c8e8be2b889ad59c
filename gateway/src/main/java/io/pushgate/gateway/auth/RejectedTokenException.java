package io.pushgate.gateway.auth;

/** A token is not believed. The message says why, and holds nothing of the token. Immutable. */
public final class RejectedTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Rejection why;

  RejectedTokenException(Rejection why, String message) {
    super(message, null, false, false);
    this.why = why;
  }

  public Rejection why() {
    return why;
  }
}
