package io.pushgate.gateway.broker.local;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time by which journals are trimmed: the wall clock, unless that jumps. A jump of more than an
 * hour is believed once it has stood for ten minutes; until then time goes on as before. <em>Any
 * thread.</em>
 */
public final class TrustedClock {
  private static final long JUMP_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final long CONFIRM_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final LongSupplier wallMillis;
  private final LongSupplier steadyNanos;

  /** What the wall clock would show at the steady clock's zero, as far as it is believed. */
  private long believed;

  /** The same as it was when the jump that waits to be confirmed was seen. */
  private long doubted;

  private long doubtedSince;
  private boolean inDoubt;

  /**
   * Believes what the wall clock shows now.
   *
   * @param wallMillis milliseconds since 1970
   * @param steadyNanos never jumps, as {@link System#nanoTime}
   */
  public TrustedClock(LongSupplier wallMillis, LongSupplier steadyNanos) {
    this.wallMillis = wallMillis;
    this.steadyNanos = steadyNanos;
    this.believed = wallMillis.getAsLong() - millis(steadyNanos.getAsLong());
  }

  /** What the wall clock shows, believed or not. */
  long wallMillis() {
    return wallMillis.getAsLong();
  }

  /** Milliseconds since 1970, by which it is judged what is too old. */
  synchronized long millis() {
    long nanos = steadyNanos.getAsLong();
    long base = wallMillis.getAsLong() - millis(nanos);
    if (Math.abs(base - believed) <= JUMP_MILLIS) {
      believed = base;
      inDoubt = false;
    } else if (!inDoubt || Math.abs(base - doubted) > JUMP_MILLIS) {
      inDoubt = true;
      doubted = base;
      doubtedSince = nanos;
    } else if (nanos - doubtedSince >= CONFIRM_NANOS) {
      believed = base;
      inDoubt = false;
    }
    return believed + millis(nanos);
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
