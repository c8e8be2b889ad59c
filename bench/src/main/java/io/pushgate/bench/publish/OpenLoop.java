package io.pushgate.bench.publish;

import io.pushgate.bench.ledger.Stamp;
import java.util.concurrent.TimeUnit;

/**
 * Pushes at the intended times. What could not go out in time, since the socket took no more or the
 * loop was busy, follows as soon as it can, stamped with the time it was due.
 */
final class OpenLoop implements Pacer {
  private final Publisher publisher;
  private final Schedule schedule;
  private int next;
  private boolean timed;

  OpenLoop(Publisher publisher, Schedule schedule) {
    this.publisher = publisher;
    this.schedule = schedule;
  }

  @Override
  public void run() {
    assert publisher.inEventLoop();
    while (next < schedule.count()
        && schedule.intendedNanos(next) <= System.nanoTime()
        && publisher.takesMore()) {
      publisher.push(Stamp.NO_SLOT, schedule.intendedNanos(next++));
    }
    publisher.flush();
    if (next == schedule.count()) {
      publisher.sentAll();
    } else if (!timed && publisher.takesMore()) {
      timed = true;
      long wait = Math.max(0, schedule.intendedNanos(next) - System.nanoTime());
      publisher.after(wait, TimeUnit.NANOSECONDS, this::due);
    }
  }

  @Override
  public int unsent() {
    return schedule.count() - next;
  }

  private void due() {
    timed = false;
    run();
  }

  @Override
  public void freed(int[] slots) {
    throw new IllegalStateException("an open loop has no window");
  }
}
