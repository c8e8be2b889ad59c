package io.pushgate.bench.crash;

import io.pushgate.protocol.Feed;
import io.pushgate.protocol.ingress.NackCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;

/** What was pushed and acked, and so is owed to whom. Any thread. */
final class CrashLedger {
  private final Script script;
  private final boolean mayRefuse;
  private final Violations violations = new Violations();
  private final Delays delays = new Delays();
  private final List<Places> places = new ArrayList<>();
  private final Places broadcasts;
  private final int[] issued;
  private final BitSet acked = new BitSet();
  private final int[] owed;
  private int owedToAll;
  private int owedReceipts;
  private int refused;

  CrashLedger(Script script) {
    this(script, false);
  }

  /**
   * @param mayRefuse whether the gateway may say that it is too busy, and so owes nothing
   */
  CrashLedger(Script script, boolean mayRefuse) {
    this.script = script;
    this.mayRefuse = mayRefuse;
    issued = new int[script.publishers()];
    owed = new int[script.users()];
    for (int user = 0; user < script.users(); user++) {
      places.add(new Places("the journal of user " + user, script, violations));
    }
    broadcasts = new Places("everyone's journal", script, violations);
  }

  Script script() {
    return script;
  }

  Violations violations() {
    return violations;
  }

  Delays delays() {
    return delays;
  }

  Places places(Feed feed, int user) {
    return feed == Feed.EVERYONE ? broadcasts : places.get(user);
  }

  /** The next number of a publisher. */
  synchronized int issue(int publisher) {
    int number = publisher + script.publishers() * issued[publisher]++;
    delays.sent(number);
    return number;
  }

  synchronized boolean wasIssued(int number) {
    return number / script.publishers() < issued[script.publisher(number)];
  }

  /** One more than the highest number there can be. */
  synchronized int issued() {
    int most = 0;
    for (int count : issued) {
      most = Math.max(most, count);
    }
    return most * script.publishers();
  }

  /** A push was acked: from now on it is owed. */
  synchronized void acked(int number) {
    acked.set(number);
    if (!script.isCertain(number)) {
      return;
    }
    if (script.reach(number) == Script.Reach.EVERYONE) {
      owedToAll++;
    }
    for (int i = 0; i < script.recipients(number); i++) {
      owed[script.recipient(number, i)]++;
    }
    if (script.wantsReceipt(number)) {
      owedReceipts += script.recipients(number);
    }
  }

  /**
   * A push was refused; false where it may not be. It may come all the same, and is not sent again.
   */
  synchronized boolean refused(NackCode code) {
    boolean fine = mayRefuse && (code == NackCode.OVERLOADED || code == NackCode.UNAVAILABLE);
    refused += fine ? 1 : 0;
    return fine;
  }

  synchronized int refusedCount() {
    return refused;
  }

  synchronized int ackedCount() {
    return acked.cardinality();
  }

  /** How many a reader of this user must have got. */
  synchronized int owed(int user) {
    return owed[user] + owedToAll;
  }

  synchronized int owedReceipts() {
    return owedReceipts;
  }

  /** Whether some reader was told of this push. */
  boolean wasTold(int number) {
    if (script.reach(number) == Script.Reach.EVERYONE) {
      return broadcasts.knows(number);
    }
    for (int i = 0; i < script.recipients(number); i++) {
      if (places.get(script.recipient(number, i)).knows(number)) {
        return true;
      }
    }
    return false;
  }

  /** All acked pushes that must come to this user from this journal. */
  synchronized void forEachOwed(Feed feed, int user, IntConsumer taker) {
    for (int n = acked.nextSetBit(0); n >= 0; n = acked.nextSetBit(n + 1)) {
      boolean broadcast = script.reach(n) == Script.Reach.EVERYONE;
      boolean meant =
          broadcast ? feed == Feed.EVERYONE : feed == Feed.USER && script.isFor(n, user);
      if (meant && script.isCertain(n)) {
        taker.accept(n);
      }
    }
  }

  /** All acked pushes of a publisher that each recipient owes a receipt for. */
  synchronized void forEachOwedReceipt(int publisher, IntConsumer taker) {
    for (int n = acked.nextSetBit(0); n >= 0; n = acked.nextSetBit(n + 1)) {
      if (script.publisher(n) == publisher && script.wantsReceipt(n)) {
        taker.accept(n);
      }
    }
  }
}
