package io.pushgate.bench.crash;

import io.pushgate.bench.crash.Violation.Promise;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.client.ServerFrame;
import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.ReceiptEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A made-up run of one user and one publisher, told to the books event by event: the pushes that
 * must arrive, of one journal, in order. One thread.
 */
final class Story {
  static final int USER = 0;

  final Script script = new Script("run", 7, 1, 1, 1, 40);
  final CrashLedger ledger;
  final AnswerBooks answers;
  final ReceiptBooks receipts;
  final ReaderBooks chain;

  /** The numbers of all direct pushes that must arrive and want a receipt. */
  final List<Integer> pushes = new ArrayList<>();

  /** Sends, and has acked, until there are so many that must arrive. */
  Story(int count) {
    this(count, false);
  }

  /** The same where the gateway may refuse. */
  Story(int count, boolean mayRefuse) {
    ledger = new CrashLedger(script, mayRefuse);
    answers = new AnswerBooks(0, ledger);
    receipts = new ReceiptBooks(0, ledger);
    chain = reader(Habit.CHAIN);
    while (pushes.size() < count) {
      if (script.wantsReceipt(ledger.issued())) {
        int number = answers.sendNext();
        pushes.add(number);
        ack(number, false);
      } else {
        ledger.issue(0);
      }
    }
    chain.welcomed(false, false);
  }

  ReaderBooks reader(Habit habit) {
    return new ReaderBooks("reader, " + habit, USER, habit, ledger);
  }

  void ack(int number, boolean duplicate) {
    answers.answer(number, new IngressAnswer.Ack(script.id(number), 1, 1, Held.DISK, duplicate));
  }

  /** The pushes at these places of the list arrive, each with its own cursor. */
  void arrive(ReaderBooks reader, int... places) {
    for (int place : places) {
      reader.notification(frame("u" + place, pushes.get(place)));
    }
  }

  ServerFrame.Notification frame(String cursor, int number) {
    byte[] data = script.data(number);
    return new ServerFrame.Notification(
        Cursor.of(cursor), script.id(number), "crash", 1, new Payload(data, 0, data.length));
  }

  void receipt(int place, ReceiptEvent event) {
    receipts.receipt(
        new IngressAnswer.Receipt(
            Cursor.of("r" + place), script.id(pushes.get(place)), script.user(USER), event, 1));
  }

  /** Everything is added up; what is wrong by then. */
  List<Promise> verdict(ReaderBooks... others) {
    chain.close(chain, chain);
    for (ReaderBooks reader : others) {
      reader.close(chain, chain);
    }
    receipts.close();
    return ledger.violations().first().stream().map(Violation::promise).toList();
  }

  /** What the chain has is acknowledged, and these receipts come, once. */
  void allReceiptsOf(int... places) {
    chain.acknowledging();
    for (int place : places) {
      receipt(place, ReceiptEvent.DELIVERED);
    }
  }

  /** As {@link #allReceiptsOf}, of all pushes. */
  void allReceipts() {
    allReceiptsOf(IntStream.range(0, pushes.size()).toArray());
  }
}
