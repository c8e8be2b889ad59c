package io.pushgate.gateway.client;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets so many handshakes pass a second, at most a second's worth of them at once, and tells those
 * that are too many when to come back: spread over the time that all of them need to get in. Any
 * thread.
 */
final class HandshakePace {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Clients come back within so many seconds, also where they are few. */
  static final int LEAST_SPREAD_SECONDS = 10;

  /** Nobody is sent away for longer, since many of a crowd never come back. */
  static final int LONGEST_SPREAD_SECONDS = 60;

  private static final long LONGEST_NANOS = LONGEST_SPREAD_SECONDS * SECOND_NANOS;

  private final long intervalNanos;
  private final LongSupplier nanoTime;

  /** When the last of those that passed would have, had they come evenly spaced. */
  private final AtomicLong passed;

  /** The same of those that did not, as if they stood in a line. */
  private final AtomicLong refused;

  /** Takes the clock, in the manner of {@link System#nanoTime()}. */
  HandshakePace(int perSecond, LongSupplier nanoTime) {
    this.intervalNanos = SECOND_NANOS / perSecond;
    this.nanoTime = nanoTime;
    this.passed = new AtomicLong(nanoTime.getAsLong());
    this.refused = new AtomicLong(nanoTime.getAsLong());
  }

  /** Whether a handshake may pass now; one that may not is put into the line. */
  boolean pass() {
    long now = nanoTime.getAsLong();
    while (true) {
      long last = passed.get();
      long next = latest(last, now) + intervalNanos;
      if (next - now > SECOND_NANOS) {
        refused.updateAndGet(
            end -> earliest(latest(end, now) + intervalNanos, now + LONGEST_NANOS));
        return false;
      }
      if (passed.compareAndSet(last, next)) {
        return true;
      }
    }
  }

  /** Whether a handshake that came now would be refused; nothing is counted. */
  boolean isSpent() {
    long now = nanoTime.getAsLong();
    return latest(passed.get(), now) + intervalNanos - now > SECOND_NANOS;
  }

  /** When one that was refused is to come back: drawn anew each time, 1 at least. */
  int retryAfterSeconds() {
    long now = nanoTime.getAsLong();
    long line = (latest(refused.get(), now) - now) / SECOND_NANOS;
    long spread = Math.max(LEAST_SPREAD_SECONDS, line);
    return 1 + ThreadLocalRandom.current().nextInt((int) spread);
  }

  /** Of two readings of the clock, which may overflow. */
  private static long latest(long one, long other) {
    return one - other > 0 ? one : other;
  }

  private static long earliest(long one, long other) {
    return one - other < 0 ? one : other;
  }
}
