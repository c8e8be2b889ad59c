package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.Start;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Decides where one session starts in each of its journals. <em>Its caller only.</em> */
final class Opener {
  private final Start start;
  private final long newest;

  /**
   * @param newest the newest offset that was stored before the journals are looked at
   */
  Opener(Start start, long newest) {
    this.start = start;
    this.newest = newest;
  }

  /**
   * A place in one journal.
   *
   * @param behind the journal holds something behind it
   * @param gap something was lost before it
   * @param shown up to where the client's own cursor shows that it was sent, 0 for nothing
   */
  record Placed(long offset, boolean behind, boolean gap, long shown) {}

  /**
   * Places a session in one journal, which is judged by its own cursor.
   *
   * @param asked the offset of the client's cursor; null for no cursor, -1 for an unusable one
   * @param acknowledged the user's acknowledged place, -1 for none
   */
  Placed place(JournalReading journal, long trimmed, @Nullable Long asked, long acknowledged)
      throws IOException {
    if (start instanceof Start.End) {
      return new Placed(newest, journal.holdsBehind(newest), false, 0);
    }
    boolean unusable = asked != null && asked < 0;
    boolean usable = asked != null && asked >= 0;
    long from = usable && asked != null ? asked : acknowledged;
    if (from < 0) {
      // Never acknowledged: all that is held, and no gap of its own.
      boolean behind = journal.holdsBehind(trimmed);
      return new Placed(Math.max(trimmed, journal.agedThrough()), behind, unusable, 0);
    }
    boolean behind = journal.holdsBehind(Math.max(from, trimmed));
    long place = Math.max(Math.max(from, trimmed), journal.agedThrough());
    return new Placed(place, behind, unusable || from < place, usable ? from : 0);
  }
}
