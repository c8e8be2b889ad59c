package io.pushgate.protocol.ingress;

/**
 * The header of a binary frame is wrong, so the boundaries of what follows are gone: it is nacked
 * with correlation id 0 and the connection closed. Carries no stack trace.
 */
public final class FatalFrame extends Exception {
  private static final long serialVersionUID = 1;

  private final NackCode code;

  public FatalFrame(NackCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  public NackCode code() {
    return code;
  }

  public IngressAnswer.Nack toNack() {
    return new IngressAnswer.Nack(null, code, String.valueOf(getMessage()));
  }
}
