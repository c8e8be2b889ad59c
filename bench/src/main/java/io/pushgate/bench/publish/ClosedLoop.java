package io.pushgate.bench.publish;

import io.pushgate.bench.ledger.Window;
import java.util.concurrent.TimeUnit;

/** Pushes whenever a slot of the window is free, until a moment. */
final class ClosedLoop implements Pacer {
  private final Publisher publisher;
  private final long untilNanos;
  private final int[] free;
  private int freeCount;
  private boolean timed;

  ClosedLoop(Publisher publisher, Window window, long untilNanos) {
    this.publisher = publisher;
    this.untilNanos = untilNanos;
    this.freeCount = window.slots();
    this.free = new int[freeCount];
    for (int slot = 0; slot < freeCount; slot++) {
      free[slot] = freeCount - 1 - slot;
    }
  }

  @Override
  public void run() {
    assert publisher.inEventLoop();
    if (!timed) {
      timed = true;
      long wait = Math.max(0, untilNanos - System.nanoTime());
      publisher.after(wait, TimeUnit.NANOSECONDS, publisher::sentAll);
    }
    long now = System.nanoTime();
    while (freeCount > 0 && now < untilNanos && publisher.takesMore()) {
      publisher.push(free[--freeCount], now);
      now = System.nanoTime();
    }
    publisher.flush();
  }

  /** Nothing is due before a slot is free. */
  @Override
  public int unsent() {
    return 0;
  }

  @Override
  public void freed(int[] slots) {
    for (int slot : slots) {
      free[freeCount++] = slot;
    }
    run();
  }
}
