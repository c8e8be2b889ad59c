package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.local.Workers;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that tell whether they have something to do. Any thread. */
final class CountedWorkers implements Workers {
  private final Workers workers;
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicLong given = new AtomicLong();

  CountedWorkers(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void execute(Runnable task) {
    underWay.incrementAndGet();
    given.incrementAndGet();
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

  /** How many tasks they were given so far. */
  long given() {
    return given.get();
  }

  @Override
  public void close() {
    workers.close();
  }
}
