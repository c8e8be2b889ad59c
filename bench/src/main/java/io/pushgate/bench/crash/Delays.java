package io.pushgate.bench.crash;

import io.pushgate.bench.measure.Latency;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * How long pushes took to the sessions that were there, from when each was due: a push that had to
 * wait for a gateway that reads slowly is late by that, too. Any thread.
 */
final class Delays {
  /** Of older pushes nobody measures the delay: they were held for somebody who was away. */
  private static final int KEPT = 1 << 16;

  private final Queue<Long> due = new ArrayDeque<>();
  private final int[] numbers = new int[KEPT];
  private final long[] dueNanos = new long[KEPT];
  private Latency latency = new Latency();
  private long newestMillis;

  Delays() {
    Arrays.fill(numbers, -1);
  }

  /** Some push more is due now. */
  synchronized void due(long nanos) {
    due.add(nanos);
  }

  /** A push is sent: the one that was due first. */
  synchronized void sent(int number) {
    Long since = due.poll();
    int slot = number & KEPT - 1;
    numbers[slot] = number;
    dueNanos[slot] = since == null ? System.nanoTime() : since;
  }

  /**
   * A push came to a session that was welcomed at this time; a replay does not count.
   *
   * @param receivedMillis when the gateway says that it took it
   */
  synchronized void arrived(int number, long welcomedNanos, long receivedMillis) {
    int slot = number & KEPT - 1;
    if (numbers[slot] == number && dueNanos[slot] > welcomedNanos) {
      latency.record(System.nanoTime() - dueNanos[slot]);
      newestMillis = receivedMillis;
    }
  }

  /** What the gateway's clock showed when it took what came last. */
  synchronized long newestMillis() {
    return newestMillis;
  }

  /** Those since the last time. */
  synchronized Latency take() {
    Latency taken = latency;
    latency = new Latency();
    return taken;
  }
}
