package io.pushgate.gateway.session;

import io.pushgate.gateway.broker.Sent;
import java.util.Arrays;

/**
 * Some places of one journal as ranges that do not touch, in their order. There are at most {@value
 * #MAX}: past that the two nearest become one, and what lies between them counts too. That is
 * nearly always gone by then, since a reader passes over nothing else. <em>Immutable.</em>
 */
public final class Ranges implements Sent {
  /** How many ranges are told apart. */
  static final int MAX = 16;

  /** No places. */
  public static final Ranges NONE = new Ranges(new long[0]);

  /** For each range the offset that it begins behind, and its last. */
  private final long[] bounds;

  private Ranges(long[] bounds) {
    this.bounds = bounds;
  }

  /** Everything behind the one up to the other. */
  public static Ranges of(long behind, long through) {
    return behind < through ? new Ranges(new long[] {behind, through}) : NONE;
  }

  public boolean isEmpty() {
    return bounds.length == 0;
  }

  /** These and one more, which swallows all that it overlaps or touches. */
  public Ranges with(long behind, long through) {
    if (behind >= through) {
      return this;
    }
    long[] merged = new long[bounds.length + 2];
    long from = behind;
    long to = through;
    int size = 0;
    int next = 0;
    for (; next < bounds.length && bounds[next + 1] < from; next += 2) {
      merged[size++] = bounds[next];
      merged[size++] = bounds[next + 1];
    }
    for (; next < bounds.length && bounds[next] <= to; next += 2) {
      from = Math.min(from, bounds[next]);
      to = Math.max(to, bounds[next + 1]);
    }
    merged[size++] = from;
    merged[size++] = to;
    for (; next < bounds.length; next++) {
      merged[size++] = bounds[next];
    }
    return new Ranges(size > 2 * MAX ? nearestJoined(merged, size) : Arrays.copyOf(merged, size));
  }

  /** These and those. */
  public Ranges with(Ranges others) {
    if (bounds.length == 0) {
      return others;
    }
    Ranges all = this;
    for (int range = 0; range < others.bounds.length; range += 2) {
      all = all.with(others.bounds[range], others.bounds[range + 1]);
    }
    return all;
  }

  private static long[] nearestJoined(long[] bounds, int size) {
    int nearest = 1;
    for (int end = 3; end < size - 1; end += 2) {
      if (bounds[end + 1] - bounds[end] < bounds[nearest + 1] - bounds[nearest]) {
        nearest = end;
      }
    }
    long[] joined = new long[size - 2];
    System.arraycopy(bounds, 0, joined, 0, nearest);
    System.arraycopy(bounds, nearest + 2, joined, nearest, size - 2 - nearest);
    return joined;
  }

  @Override
  public boolean contains(long offset) {
    for (int range = bounds.length - 2; range >= 0; range -= 2) {
      if (offset > bounds[range]) {
        return offset <= bounds[range + 1];
      }
    }
    return false;
  }

  /** Nothing up to this offset is among them, but all right behind it is; -1 for no places. */
  long first() {
    return bounds.length == 0 ? -1 : bounds[0];
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int range = 0; range < bounds.length; range += 2) {
      text.append('(').append(bounds[range]).append(',').append(bounds[range + 1]).append(']');
    }
    return text.toString();
  }
}
