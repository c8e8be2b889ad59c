package io.pushgate.protocol.publisher;

import io.pushgate.protocol.ingress.IngressAnswer;

/**
 * Hears what comes by itself. Called on the client's event loop, which an implementation must not
 * hold up.
 */
public interface PublisherListener {
  /** Hears nothing. */
  PublisherListener SILENT = new PublisherListener() {};

  /** How a push with {@code receipt} ended for one user. The same receipt may come again. */
  default void receipt(IngressAnswer.Receipt receipt) {}

  /** Receipts were lost. */
  default void gap() {}

  /** Requests are being sent, for the first time or again. */
  default void connected() {}

  /** Requests wait for another connection. */
  default void disconnected() {}
}
