package io.pushgate.bench.crash;

import io.pushgate.bench.crash.Violation.Promise;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.ReceiptEvent;
import java.util.BitSet;

/** The receipts of one publisher, over all its connections. Any thread. */
final class ReceiptBooks {
  private final int publisher;
  private final CrashLedger ledger;
  private final BitSet had = new BitSet();

  ReceiptBooks(int publisher, CrashLedger ledger) {
    this.publisher = publisher;
    this.ledger = ledger;
  }

  /** A connection was let in; {@code asked} says whether it named a place to go on from. */
  void opened(boolean asked, boolean resumed) {
    if (asked && !resumed) {
      violated(Promise.FALSE_GAP, "", "the receipts it asked for were not resumed");
    }
  }

  void gap() {
    violated(Promise.FALSE_GAP, "", "was told of a gap in its receipts");
  }

  synchronized void receipt(IngressAnswer.Receipt receipt) {
    Script script = ledger.script();
    int number = script.number(receipt.id());
    int user = script.userOf(receipt.user());
    int index = number < 0 || user < 0 ? Script.NOBODY : script.indexOf(number, user);
    String what = "of %s, %s".formatted(receipt.user(), receipt.event().wire());
    if (index < 0 || script.publisher(number) != publisher || !script.wantsReceipt(number)) {
      violated(Promise.RECEIPT_WRONG, receipt.id(), "came for what wanted none: " + what);
      return;
    }
    if (had.get(bit(number, index))) {
      violated(Promise.RECEIPT_TWICE, receipt.id(), "came again: " + what);
      return;
    }
    had.set(bit(number, index));
    boolean acknowledged = ledger.places(Feed.USER, user).wasAcknowledged(number);
    if (receipt.event() != ReceiptEvent.DELIVERED || !acknowledged) {
      violated(
          Promise.RECEIPT_WRONG,
          receipt.id(),
          "%s, %s".formatted(what, acknowledged ? "acknowledged" : "not acknowledged by then"));
    }
  }

  synchronized int count() {
    return had.cardinality();
  }

  /** Adds up, when nothing comes any more. */
  synchronized void close() {
    ledger.forEachOwedReceipt(publisher, this::checkCame);
  }

  private void checkCame(int number) {
    for (int i = 0; i < ledger.script().recipients(number); i++) {
      if (!had.get(bit(number, i))) {
        String user = ledger.script().user(ledger.script().recipient(number, i)).value();
        violated(Promise.RECEIPT_LOST, ledger.script().id(number), "never came for " + user);
      }
    }
  }

  /** A publisher's own numbers are dense. */
  private int bit(int number, int index) {
    return number / ledger.script().publishers() * Script.SEVERAL + index;
  }

  private void violated(Promise promise, String id, String detail) {
    ledger.violations().add(promise, "publisher " + publisher, id, detail);
  }
}
