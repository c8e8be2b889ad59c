package io.pushgate.gateway.broker;

import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.NackCode;
import org.jspecify.annotations.Nullable;

/**
 * A push on its way into the journals, and who wants to know what became of it.
 *
 * @param receivedMillis the gateway's receipt time, the notification's {@code ts}
 * @param receiptTo who is told how it ended for each user; null for nobody
 */
public record Publication(
    IngressRequest.Push push, long receivedMillis, @Nullable ReceiptTo receiptTo, Outcome outcome) {

  /** Told once, on a broker lane or on the caller's thread before the call returns. */
  public interface Outcome {

    /** Journalled for all, and offered to {@code sessions} live sessions. */
    void acked(String id, int users, int sessions, Held held, boolean duplicate);

    /** Not acked. {@code id} is named where a repeat with it is safe. */
    void nacked(@Nullable String id, NackCode code, String message);
  }
}
