package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.local.Workers;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that tell whether they have something to do. Any thread. */
final class CountedWorkers implements Workers {
  private final Workers workers;
  private final AtomicInteger underWay = new AtomicInteger();

  CountedWorkers(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void execute(Runnable task) {
    underWay.incrementAndGet();
    workers.execute(
        () -> {
          try {
            task.run();
          } finally {
            underWay.decrementAndGet();
          }
        });
  }

  /** Nothing is under way. */
  boolean idle() {
    return underWay.get() == 0;
  }

  @Override
  public void close() {
    workers.close();
  }
}
