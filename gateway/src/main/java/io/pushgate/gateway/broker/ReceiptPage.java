package io.pushgate.gateway.broker;

import java.util.List;

/**
 * A run of receipts from one publisher's journal. <em>Immutable.</em>
 *
 * @param receipts in order
 * @param through everything up to this offset is in this page or will never come
 * @param end the journal held nothing behind {@code through} when it was read
 * @param gap something between the asked place and the first receipt was dropped
 */
public record ReceiptPage(List<Receipt> receipts, long through, boolean end, boolean gap) {

  public ReceiptPage {
    receipts = List.copyOf(receipts);
  }
}
