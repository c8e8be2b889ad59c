package io.pushgate.gateway.ingress;

import io.netty.channel.EventLoop;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.protocol.ingress.Ref;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The answers that one connection owes, in the order of its requests. <em>Event loop only</em>, but
 * for {@link #completed()}: however many slots are completed elsewhere, one task brings them to the
 * loop.
 */
final class Answers {
  private final EventLoop loop;
  private final Runnable turn;
  private final Metrics metrics;

  /** A turn that will see what is completed from now on is under way or scheduled. */
  private final AtomicBoolean awaited = new AtomicBoolean();

  private @Nullable Slot head;
  private @Nullable Slot tail;

  /**
   * @param turn runs on the loop after slots were completed, and takes them with {@link #poll()}
   */
  Answers(EventLoop loop, Runnable turn, Metrics metrics) {
    this.loop = loop;
    this.turn = turn;
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
    awaited.set(true);
  }

  /** Comes before a turn's polls: what is completed from here on may escape them. */
  void look() {
    awaited.set(false);
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

  /** Forgets what is owed to a connection that is gone. */
  void clear() {
    assert loop.inEventLoop();
    head = null;
    tail = null;
  }

  /** Some slot was completed. <em>Any thread.</em> */
  void completed() {
    if (!awaited.get() && awaited.compareAndSet(false, true)) {
      loop.execute(turn);
    }
  }

  Metrics metrics() {
    return metrics;
  }
}
