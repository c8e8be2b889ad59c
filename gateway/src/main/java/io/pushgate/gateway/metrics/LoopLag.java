package io.pushgate.gateway.metrics;

import io.micrometer.core.instrument.Timer;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Measures how late one event loop runs what is due: the time by which everything on that loop
 * waits. Event loop only, but for the constructor and {@link #start()}.
 */
final class LoopLag implements Runnable {
  private static final long PERIOD_NANOS = Duration.ofMillis(250).toNanos();

  private final EventExecutor loop;
  private final Timer lag;
  private long dueNanos;

  LoopLag(EventExecutor loop, Timer lag) {
    this.loop = loop;
    this.lag = lag;
  }

  void start() {
    loop.execute(this::scheduleNext);
  }

  @Override
  public void run() {
    assert loop.inEventLoop();
    lag.record(Math.max(0, loop.ticker().nanoTime() - dueNanos), TimeUnit.NANOSECONDS);
    scheduleNext();
  }

  // One probe at a time: a fixed rate would pile up behind a loop that is late.
  private void scheduleNext() {
    if (!loop.isShuttingDown()) {
      dueNanos = loop.ticker().nanoTime() + PERIOD_NANOS;
      loop.schedule(this, PERIOD_NANOS, TimeUnit.NANOSECONDS);
    }
  }
}
