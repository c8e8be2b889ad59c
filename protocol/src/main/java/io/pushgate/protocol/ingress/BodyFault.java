package io.pushgate.protocol.ingress;

/** The body of a binary frame ends too early, or too late. Carries no stack trace. */
final class BodyFault extends Exception {
  private static final long serialVersionUID = 1;

  BodyFault(String message) {
    super(message, null, false, false);
  }

  String explanation() {
    return String.valueOf(getMessage());
  }
}
