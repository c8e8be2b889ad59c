package io.pushgate.bench.ledger;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One session's books of a sequence that starts at zero: what came twice, what came late and what
 * never came. Costs two numbers a session until something is wrong. Event loop only.
 */
public final class Ledger {
  private int next;
  private int doubled;
  private int reordered;

  /** What was jumped over and has not come since. */
  private @Nullable BitSet missing;

  /**
   * Enters an arrival.
   *
   * @return whether it is the first of its number
   */
  public boolean arrived(int sequence) {
    if (sequence == next) {
      next++;
      return true;
    }
    if (sequence > next) {
      if (missing == null) {
        missing = new BitSet();
      }
      missing.set(next, sequence);
      next = sequence + 1;
      return true;
    }
    if (missing != null && missing.get(sequence)) {
      missing.clear(sequence);
      reordered++;
      return true;
    }
    doubled++;
    return false;
  }

  public int doubled() {
    return doubled;
  }

  /** How many came behind a later one. */
  public int reordered() {
    return reordered;
  }

  /**
   * Counts what did not come.
   *
   * @param sent how many were sent to this session
   * @param refused the numbers among them that the gateway did not take
   */
  public int lost(int sent, BitSet refused) {
    BitSet lost = new BitSet();
    if (missing != null) {
      lost.or(missing);
    }
    if (sent > next) {
      lost.set(next, sent);
    }
    lost.andNot(refused);
    return lost.cardinality();
  }
}
