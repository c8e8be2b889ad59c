package io.pushgate.gateway.doctor.probe;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A moment up to which something is waited for. Any thread. */
public final class Deadline {
  private final long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  public boolean isOver() {
    return System.nanoTime() - nanos >= 0;
  }

  /** At least one, since a socket takes 0 for no deadline at all. */
  public int millisLeft() {
    long left = TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
    return (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
  }

  /** Lets the time pass. */
  public void await() {
    while (!isOver() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(nanos - System.nanoTime());
    }
  }
}
