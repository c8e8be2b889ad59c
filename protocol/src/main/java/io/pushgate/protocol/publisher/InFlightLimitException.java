package io.pushgate.protocol.publisher;

/**
 * A request was not taken over, since as many as {@code maxInFlight} have no answer yet. Nothing
 * was sent.
 */
public final class InFlightLimitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InFlightLimitException(int limit) {
    super(
        "%d requests are without an answer, which is the limit".formatted(limit),
        null,
        false,
        false);
  }
}
