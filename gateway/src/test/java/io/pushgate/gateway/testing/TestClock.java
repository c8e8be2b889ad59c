package io.pushgate.gateway.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A clock that stands until a test moves it on: the one on the wall, which somebody may set, and
 * the steady one, which nobody can. Any thread.
 */
public final class TestClock implements LongSupplier {
  private final AtomicLong wallMillis = new AtomicLong(1_763_793_600_000L);
  private final AtomicLong steadyNanos = new AtomicLong();

  /** Milliseconds since 1970, as the wall says. */
  @Override
  public long getAsLong() {
    return wallMillis.get();
  }

  /** Nanoseconds since some time in the past, which no jump touches. */
  public long steadyNanos() {
    return steadyNanos.get();
  }

  /** Time goes by. */
  public void advance(Duration time) {
    steadyNanos.addAndGet(time.toNanos());
    wallMillis.addAndGet(time.toMillis());
  }

  /** Somebody sets the clock on the wall, forwards or backwards; no time goes by. */
  public void jump(Duration difference) {
    wallMillis.addAndGet(difference.toMillis());
  }
}
