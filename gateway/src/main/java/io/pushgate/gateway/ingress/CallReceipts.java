package io.pushgate.gateway.ingress;

import io.pushgate.gateway.broker.ReceiptTo;
import io.pushgate.protocol.ingress.IngressAnswer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Those of one HTTP request, which is over before a receipt could come: they go to the journal of
 * the publisher that it names, or to nobody. <em>Event loop only.</em>
 */
final class CallReceipts implements Receipts {
  private final boolean named;
  private @Nullable ReceiptTo addressee;

  /**
   * @param publisher from the request's query; null for none
   */
  CallReceipts(@Nullable String publisher) {
    this.named = publisher != null;
    this.addressee = publisher == null ? null : new ReceiptTo.Publisher(publisher);
  }

  @Override
  public boolean isNamed() {
    return named;
  }

  @Override
  public @Nullable ReceiptTo addressee() {
    return addressee;
  }

  @Override
  public CompletableFuture<IngressAnswer.Ok> introduce(String publisher, String after) {
    addressee = new ReceiptTo.Publisher(publisher);
    return CompletableFuture.completedFuture(Replies.NO_RECEIPTS);
  }

  @Override
  public void begin() {}

  @Override
  public void close() {}
}
