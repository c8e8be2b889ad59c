package io.pushgate.protocol.publisher;

import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.NackCode;
import org.jspecify.annotations.Nullable;

/**
 * The gateway did not take a request. Carries no stack trace: it comes from the wire, not from the
 * caller.
 */
public final class NackException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final NackCode code;
  private final @Nullable String id;

  NackException(IngressAnswer.Nack nack) {
    super(nack.code().wire() + ": " + nack.message(), null, false, false);
    this.code = nack.code();
    this.id = nack.id();
  }

  public NackCode code() {
    return code;
  }

  /**
   * The id of what was not taken, also one that the client made: a repeat with it is no second
   * notification. Null where the request had none.
   */
  public @Nullable String id() {
    return id;
  }

  /**
   * Whether the same push, with the same id, may be taken later. What a draining gateway refuses is
   * repeated by the client itself. After {@link NackCode#UNAVAILABLE} it may already have been
   * taken for some, and a repeat completes it.
   */
  public boolean mayBeRepeated() {
    return switch (code) {
      case OVERLOADED, DRAINING, UNAVAILABLE -> true;
      case BAD_REQUEST, TOO_LARGE, NOT_FOUND, UNAUTHORIZED -> false;
    };
  }
}
