package io.pushgate.bench.ledger;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The pushes in flight of a closed loop: each holds a slot until its ack and every delivery of it
 * have come. Any thread.
 */
public final class Window {
  private final AtomicIntegerArray awaited;

  public Window(int slots) {
    awaited = new AtomicIntegerArray(slots);
  }

  public int slots() {
    return awaited.length();
  }

  /** Fills a free slot with a push that is waited for so many times, its ack included. */
  public void open(int slot, int arrivals) {
    awaited.set(slot, arrivals);
  }

  /** Notes arrivals; returns whether they were the last, which frees the slot. */
  public boolean arrived(int slot, int arrivals) {
    return awaited.addAndGet(slot, -arrivals) == 0;
  }
}
