package io.pushgate.gateway.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that stands until a test moves it on. Any thread. */
public final class TestClock implements LongSupplier {
  private final AtomicLong nowMillis = new AtomicLong(1_763_793_600_000L);

  @Override
  public long getAsLong() {
    return nowMillis.get();
  }

  public void advance(Duration time) {
    nowMillis.addAndGet(time.toMillis());
  }
}
