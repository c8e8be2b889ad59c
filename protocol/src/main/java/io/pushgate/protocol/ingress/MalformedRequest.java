package io.pushgate.protocol.ingress;

import org.jspecify.annotations.Nullable;

/**
 * A publisher sent something that is no request. The peer did wrong, so it carries no stack trace:
 * code and message, which names the field and the column, go back to him in a nack, and the
 * connection lives on.
 */
public final class MalformedRequest extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Ref ref;
  private final @Nullable String id;
  private final NackCode code;

  public MalformedRequest(Ref ref, @Nullable String id, NackCode code, String message) {
    super(message, null, false, false);
    this.ref = ref;
    this.id = id;
    this.code = code;
  }

  /** As far as it could be read, also where the fault lies elsewhere in the request. */
  public Ref ref() {
    return ref;
  }

  /** The id that the request named, as far as it could be read. */
  public @Nullable String id() {
    return id;
  }

  public NackCode code() {
    return code;
  }

  /** What went wrong, ready for the peer. */
  public String explanation() {
    return String.valueOf(getMessage());
  }

  public IngressAnswer.Nack toNack() {
    return new IngressAnswer.Nack(id, code, explanation());
  }
}
