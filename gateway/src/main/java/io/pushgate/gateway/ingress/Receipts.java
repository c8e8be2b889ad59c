package io.pushgate.gateway.ingress;

import io.pushgate.gateway.broker.ReceiptTo;
import io.pushgate.protocol.ingress.IngressAnswer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What becomes of the receipts that one publisher asks for. <em>Event loop only.</em> */
interface Receipts {

  /** Whether the publisher was named before the first request. */
  boolean isNamed();

  /** Who is told how the pushes from here on end; null for nobody. */
  @Nullable ReceiptTo addressee();

  /**
   * The publisher said his name, which holds for all further pushes.
   *
   * @param after where his receipts are to start, as a session's
   * @return what he is answered, on any thread; it fails where the journal does not answer
   */
  CompletableFuture<IngressAnswer.Ok> introduce(String publisher, String after);

  /** He was answered: from here on receipts may come. May be called again and again. */
  void begin();

  /** Ends them. Those of a publisher with a name stay in his journal. */
  void close();
}
