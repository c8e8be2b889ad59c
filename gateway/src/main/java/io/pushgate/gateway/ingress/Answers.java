package io.pushgate.gateway.ingress;

import io.netty.channel.EventLoop;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.protocol.ingress.Ref;
import org.jspecify.annotations.Nullable;

/**
 * The answers that one connection owes, in the order of its requests. <em>Event loop only</em>, but
 * for {@link #completed()}: however many slots are completed elsewhere, one task brings them to the
 * loop.
 */
final class Answers {
  private final EventLoop loop;
  private final Wake wake;
  private final Metrics metrics;

  private @Nullable Slot head;
  private @Nullable Slot tail;

  /**
   * @param turn runs on the loop after slots were completed, and takes them with {@link #poll()}
   */
  Answers(EventLoop loop, Runnable turn, Metrics metrics) {
    this.loop = loop;
    this.wake = new Wake(loop, turn);
    this.metrics = metrics;
  }

  /** Takes the next place. */
  Slot add(Ref ref, int bytes) {
    assert loop.inEventLoop();
    Slot slot = new Slot(this, ref, bytes);
    if (tail == null) {
      head = slot;
    } else {
      tail.next = slot;
    }
    tail = slot;
    return slot;
  }

  /** Says that a turn is under way: what is completed before {@link #look()} needs no task. */
  void await() {
    wake.await();
  }

  /** Comes before a turn's polls: what is completed from here on may escape them. */
  void look() {
    wake.look();
  }

  /** Takes the oldest request off, if it is answered. */
  @Nullable Slot poll() {
    assert loop.inEventLoop();
    Slot first = head;
    if (first == null || !first.isAnswered()) {
      return null;
    }
    head = first.next;
    if (head == null) {
      tail = null;
    }
    // An old slot that points to a young one keeps it alive until the old generation is collected.
    first.next = null;
    return first;
  }

  boolean isEmpty() {
    return head == null;
  }

  /** Whether all before this one were answered and sent, and it was not. */
  boolean isOldest(Slot slot) {
    return head == slot;
  }

  /** Forgets what is owed to a connection that is gone. */
  void clear() {
    assert loop.inEventLoop();
    head = null;
    tail = null;
  }

  /** Some slot was completed. <em>Any thread.</em> */
  void completed() {
    wake.wake();
  }

  Metrics metrics() {
    return metrics;
  }
}
