package io.pushgate.gateway.ingress;

import io.pushgate.gateway.broker.Receipt;
import io.pushgate.gateway.broker.ReceiptPage;
import io.pushgate.gateway.metrics.Metrics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Receipts for a publisher without a name, between the lane that made them and the socket that
 * takes them: nobody else holds them, so past a bound the oldest are lost. <em>Any thread;</em>
 * nobody holds its lock for longer than a page takes to be copied.
 */
final class PassingReceipts {
  private final Metrics metrics;
  private final Deque<Receipt> waiting = new ArrayDeque<>();
  private boolean lost;

  PassingReceipts(Metrics metrics) {
    this.metrics = metrics;
  }

  synchronized void add(Receipt receipt) {
    waiting.add(receipt);
    if (waiting.size() > IngressLimits.MAX_PASSING_RECEIPTS) {
      waiting.remove();
      if (!lost) {
        metrics.limitHit("ingress-receipts");
      }
      lost = true;
    }
  }

  /** Takes the oldest, and tells whether any before them were lost. */
  synchronized ReceiptPage take(int max) {
    List<Receipt> page = new ArrayList<>(Math.min(max, waiting.size()));
    for (int i = 0; i < max && !waiting.isEmpty(); i++) {
      page.add(waiting.remove());
    }
    boolean gap = lost;
    lost = false;
    return new ReceiptPage(page, 0, waiting.isEmpty(), gap);
  }
}
