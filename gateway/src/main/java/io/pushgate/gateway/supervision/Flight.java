package io.pushgate.gateway.supervision;

import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * One canary on its way: what it has reached. <em>Any thread</em>, behind its lock.
 *
 * <p>Where the journal takes nothing, since its disk is full or away, a loop that turns is all that
 * is asked of it: ending the process would mend nothing, and {@code /readyz} tells.
 */
final class Flight {

  /**
   * What it has not reached.
   *
   * @param station for a meter: {@code loop}, {@code journal}, {@code session}
   * @param where for people
   */
  record Missing(String station, String where) {}

  private enum Journal {
    ASKED,
    TAKEN,
    /** It answered that it takes nothing now, for a reason that is known. */
    REFUSED
  }

  private final long number;
  private final long launchedNanos;
  private final long droppedBefore;
  private final List<String> loops;
  private final Consumer<Flight> arrived;
  private final BitSet turned = new BitSet();
  private final BitSet seen = new BitSet();
  private Journal journal = Journal.ASKED;
  private boolean told;

  /**
   * @param droppedBefore how much had been dropped before loops when it was launched
   * @param loops the names of the event loops, on each of which a session waits for it
   * @param arrived told once, on any thread
   */
  Flight(
      long number,
      long launchedNanos,
      long droppedBefore,
      List<String> loops,
      Consumer<Flight> arrived) {
    this.number = number;
    this.launchedNanos = launchedNanos;
    this.droppedBefore = droppedBefore;
    this.loops = loops;
    this.arrived = arrived;
  }

  long number() {
    return number;
  }

  long launchedNanos() {
    return launchedNanos;
  }

  long droppedBefore() {
    return droppedBefore;
  }

  /** This loop does what it is given. */
  void turned(int loop) {
    reached(() -> turned.set(loop));
  }

  void journalled() {
    reached(() -> journal = Journal.TAKEN);
  }

  /** The journal takes nothing, and it is known why. */
  void refused() {
    reached(() -> journal = Journal.REFUSED);
  }

  /** The session on this loop wrote it. */
  void seen(int loop) {
    reached(() -> seen.set(loop));
  }

  private void reached(Runnable change) {
    boolean now;
    synchronized (this) {
      change.run();
      now = !told && isThere();
      told |= now;
    }
    if (now) {
      arrived.accept(this);
    }
  }

  private boolean isThere() {
    boolean allTurned = turned.cardinality() == loops.size();
    boolean allSeen = seen.cardinality() == loops.size();
    return switch (journal) {
      case ASKED -> false;
      case TAKEN -> allTurned && allSeen;
      case REFUSED -> allTurned;
    };
  }

  synchronized boolean isJournalled() {
    return journal == Journal.TAKEN;
  }

  /** All loops turn and the journal took it, but not all sessions wrote it. */
  synchronized boolean lacksSessionsAlone() {
    return journal == Journal.TAKEN
        && turned.cardinality() == loops.size()
        && seen.cardinality() < loops.size();
  }

  /** The first station that is missing, in the order of the way. */
  synchronized Missing missing() {
    int still = turned.nextClearBit(0);
    if (still < loops.size()) {
      return new Missing("loop", "event loop " + loops.get(still) + " does nothing it is given");
    }
    if (journal == Journal.ASKED) {
      return new Missing("journal", "all event loops turn, but the journal takes nothing");
    }
    int blind = seen.nextClearBit(0);
    return new Missing(
        "session",
        blind < loops.size()
            ? "it was journalled, but not written by the session on event loop " + loops.get(blind)
            : "it came too late");
  }
}
