package io.pushgate.bench.crash;

import io.pushgate.bench.crash.Violation.Promise;
import io.pushgate.protocol.Feed;
import java.util.Arrays;
import java.util.BitSet;

/** What one reader was told from one of its two journals. One thread at a time. */
final class FeedBooks {
  private static final int NOWHERE = -1;

  private final String reader;
  private final Feed feed;
  private final int user;
  private final Habit habit;
  private final CrashLedger ledger;
  private final BitSet had = new BitSet();

  /** Those that must come, as they came first; of a drifter with a mark before each connection. */
  private final Numbers order = new Numbers();

  /** The newest of each publisher: they come in the order of their numbers. */
  private final int[] newest;

  private int at = NOWHERE;
  private int acknowledged;

  FeedBooks(String reader, Feed feed, int user, Habit habit, CrashLedger ledger) {
    this.reader = reader;
    this.feed = feed;
    this.user = user;
    this.habit = habit;
    this.ledger = ledger;
    newest = new int[ledger.script().publishers()];
    Arrays.fill(newest, NOWHERE);
  }

  void connected() {
    at = NOWHERE;
    if (habit.mayRepeat()) {
      Arrays.fill(newest, NOWHERE);
    }
    if (!habit.isComplete()) {
      order.add(NOWHERE);
    }
  }

  void arrived(int number) {
    int before = newest[ledger.script().publisher(number)];
    boolean repeat = had.get(number);
    if (number == before || repeat && !habit.mayRepeat()) {
      violated(Promise.TWICE, number, "came again");
      return;
    }
    if (number < before) {
      violated(Promise.ORDER, number, "came behind " + ledger.script().id(before));
    }
    newest[ledger.script().publisher(number)] = Math.max(number, before);
    had.set(number);
    if (!ledger.script().isCertain(number)) {
      return;
    }
    if (repeat && habit.isComplete()) {
      repeated(number);
    } else {
      order.add(number);
      goTo(order.size() - 1, number);
    }
  }

  /** A replay goes through what came before, leaving nothing out. */
  private void repeated(int number) {
    boolean next = at != NOWHERE && at + 1 < order.size() && order.get(at + 1) == number;
    goTo(next ? at + 1 : order.lastIndexOf(number), number);
  }

  private void goTo(int index, int number) {
    if (at != NOWHERE && index != at + 1 && habit.isComplete()) {
      violated(
          Promise.ORDER,
          number,
          "came at place %d of %s behind place %d".formatted(index, feed, at));
    }
    at = index;
  }

  /** All that came is about to be acknowledged. */
  void acknowledging() {
    Places places = ledger.places(feed, user);
    for (; acknowledged < order.size(); acknowledged++) {
      places.acknowledging(order.get(acknowledged));
    }
  }

  int arrived() {
    return order.size();
  }

  /** At the end: what is missing, and what differs from what another reader of the same got. */
  void close(FeedBooks first) {
    if (habit.isComplete()) {
      ledger.forEachOwed(feed, user, this::checkCame);
      checkOrder(first);
    } else {
      checkRuns(first);
    }
  }

  private void checkCame(int number) {
    if (!had.get(number)) {
      violated(Promise.LOST, number, "was acked and never came");
    }
  }

  private void checkOrder(FeedBooks first) {
    int place = order.mismatch(first.order);
    if (place >= 0) {
      String here = place < order.size() ? ledger.script().id(order.get(place)) : "nothing";
      String there =
          place < first.order.size() ? ledger.script().id(first.order.get(place)) : "nothing";
      ledger
          .violations()
          .add(
              Promise.ORDER,
              reader,
              here,
              "is at place %d of %s, where %s has %s".formatted(place, feed, first.reader, there));
    }
  }

  /** Each connection's share must be a piece of the order of a reader that got everything. */
  private void checkRuns(FeedBooks first) {
    int[] place = new int[ledger.issued()];
    for (int i = 0; i < first.order.size(); i++) {
      place[first.order.get(i)] = i + 1;
    }
    for (int i = 1; i < order.size(); i++) {
      int number = order.get(i);
      int before = order.get(i - 1);
      if (number != NOWHERE && before != NOWHERE && place[number] != place[before] + 1) {
        String detail =
            "came right behind %s, not so for %s"
                .formatted(ledger.script().id(before), first.reader);
        violated(Promise.ORDER, number, detail);
      }
    }
  }

  private void violated(Promise promise, int number, String detail) {
    ledger.violations().add(promise, reader, ledger.script().id(number), detail);
  }
}
