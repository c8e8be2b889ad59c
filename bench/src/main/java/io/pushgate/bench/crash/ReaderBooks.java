package io.pushgate.bench.crash;

import io.pushgate.bench.crash.Violation.Promise;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.client.ServerFrame;

/** What one reader was told, over all its connections. Any thread. */
final class ReaderBooks {
  private final String name;
  private final int user;
  private final Habit habit;
  private final CrashLedger ledger;
  private final FeedBooks direct;
  private final FeedBooks broadcasts;
  private long welcomedNanos;

  ReaderBooks(String name, int user, Habit habit, CrashLedger ledger) {
    this.name = name;
    this.user = user;
    this.habit = habit;
    this.ledger = ledger;
    direct = new FeedBooks(name, Feed.USER, user, habit, ledger);
    broadcasts = new FeedBooks(name, Feed.EVERYONE, user, habit, ledger);
  }

  int user() {
    return user;
  }

  Habit habit() {
    return habit;
  }

  /** A connection was welcomed; {@code asked} says whether it named a place to go on from. */
  synchronized void welcomed(boolean asked, boolean resumed) {
    welcomedNanos = System.nanoTime();
    direct.connected();
    broadcasts.connected();
    if (asked && !resumed) {
      violated(Promise.FALSE_GAP, "", "the place it asked for was not resumed");
    }
  }

  synchronized void gap() {
    violated(Promise.FALSE_GAP, "", "was told of a gap");
  }

  synchronized void notification(ServerFrame.Notification frame) {
    Script script = ledger.script();
    int number = script.number(frame.id());
    Feed feed = frame.cursor().letter() == Feed.EVERYONE.letter() ? Feed.EVERYONE : Feed.USER;
    boolean known = number >= 0 && ledger.wasIssued(number);
    boolean broadcast = known && script.reach(number) == Script.Reach.EVERYONE;
    if (!known || !script.isFor(number, user) || broadcast != (feed == Feed.EVERYONE)) {
      violated(Promise.FOREIGN, frame.id(), "came with cursor " + frame.cursor());
      return;
    }
    byte[] data = script.data(number);
    if (!frame.data().equals(new Payload(data, 0, data.length))) {
      violated(Promise.DATA, frame.id(), "is " + frame.data().text());
    }
    ledger.places(feed, user).told(frame.cursor().value(), number);
    ledger.delays().arrived(number, welcomedNanos, frame.timestampMillis());
    of(feed).arrived(number);
  }

  /** The gateway ended the connection, or said what it does not say to a sound reader. */
  synchronized void cutOff(String how) {
    violated(Promise.CUT_OFF, "", how);
  }

  /** All that came so far is about to be acknowledged. */
  synchronized void acknowledging() {
    direct.acknowledging();
    broadcasts.acknowledging();
  }

  /** How many of those that must come have come. */
  synchronized int arrived() {
    return direct.arrived() + broadcasts.arrived();
  }

  /**
   * Adds up, when nothing comes any more.
   *
   * @param sameUser a reader that should have got all the direct ones of this user
   * @param anybody one that should have got all broadcasts
   */
  synchronized void close(ReaderBooks sameUser, ReaderBooks anybody) {
    direct.close(sameUser.direct);
    broadcasts.close(anybody.broadcasts);
  }

  private FeedBooks of(Feed feed) {
    return feed == Feed.EVERYONE ? broadcasts : direct;
  }

  private void violated(Promise promise, String id, String detail) {
    ledger.violations().add(promise, name, id, detail);
  }
}
