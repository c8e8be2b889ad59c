package io.pushgate.gateway.ingress;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a turn run on an event loop when something happened elsewhere: one task, however much
 * happened. <em>Any thread</em> wakes; the rest is the loop's.
 */
final class Wake {
  private static final Logger log = LoggerFactory.getLogger(Wake.class);

  private final EventLoop loop;
  private final Runnable turn;

  /** A turn that will see what happens from now on is under way or scheduled. */
  private final AtomicBoolean awaited = new AtomicBoolean();

  Wake(EventLoop loop, Runnable turn) {
    this.loop = loop;
    this.turn = turn;
  }

  /** Says that a turn is under way: what happens before {@link #look()} needs no task. */
  void await() {
    awaited.set(true);
  }

  /** Comes before a turn looks for what happened: what happens from here on may escape it. */
  void look() {
    awaited.set(false);
  }

  /** Something happened. */
  void wake() {
    if (!awaited.get() && awaited.compareAndSet(false, true)) {
      try {
        loop.execute(turn);
      } catch (RejectedExecutionException ended) {
        log.trace("a connection whose loop has ended is told nothing", ended);
      }
    }
  }
}
