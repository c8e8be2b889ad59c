package io.pushgate.protocol.publisher;

import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.ingress.IngressAnswer;

/**
 * Hears what comes by itself. Called on the client's event loop, which an implementation must not
 * hold up.
 */
public interface PublisherListener {
  /** Hears nothing. */
  PublisherListener SILENT = new PublisherListener() {};

  /**
   * A connection of a publisher with a name was made, and its receipts begin.
   *
   * @param after the place behind which they do; kept, and given as {@link
   *     PublisherOptions#receiptsAfter} another time, it leads back here
   * @param resumed all behind the place that was asked for follow; where a place was asked for and
   *     they do not, {@link #gap()} is heard
   */
  default void receiptsBegin(Cursor after, boolean resumed) {}

  /**
   * How a push with {@code receipt} ended for one user. Keep its cursor once it is dealt with. The
   * same receipt may come again; where this throws, it does.
   */
  default void receipt(IngressAnswer.Receipt receipt) {}

  /** Receipts were lost. */
  default void gap() {}

  /** Requests are being sent, for the first time or again. */
  default void connected() {}

  /** Requests wait for another connection. */
  default void disconnected() {}
}
