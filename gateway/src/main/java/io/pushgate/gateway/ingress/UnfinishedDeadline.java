package io.pushgate.gateway.ingress;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how long a request may stay unfinished. Its timer is set only while something is, and
 * moved lazily: a busy connection, which ends nearly every read inside a request, costs a look at
 * the clock a read. <em>Event loop only.</em>
 */
final class UnfinishedDeadline {
  private static final long LIMIT_NANOS = IngressLimits.UNFINISHED_REQUEST.toNanos();

  private final EventLoop loop;
  private final Runnable expired;
  private boolean unfinished;
  private long sinceNanos;
  private long seen;
  private @Nullable Future<?> timer;

  UnfinishedDeadline(EventLoop loop, Runnable expired) {
    this.loop = loop;
    this.expired = expired;
  }

  /** What the peer is told that let it expire. */
  static String message() {
    return "request unfinished for %d s".formatted(IngressLimits.UNFINISHED_REQUEST.toSeconds());
  }

  /**
   * Told after each step.
   *
   * @param waiting something is unfinished, and it is the peer's turn
   * @param progress differs from last time where what is unfinished is something new
   */
  void watch(boolean waiting, long progress) {
    boolean began = waiting && (!unfinished || progress != seen);
    unfinished = waiting;
    seen = progress;
    if (began) {
      sinceNanos = loop.ticker().nanoTime();
      if (timer == null) {
        schedule(LIMIT_NANOS);
      }
    }
  }

  /** Ends for good. */
  void cancel() {
    unfinished = false;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void schedule(long nanos) {
    timer = loop.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    timer = null;
    if (unfinished) {
      long left = LIMIT_NANOS - (loop.ticker().nanoTime() - sinceNanos);
      if (left > 0) {
        schedule(left);
      } else {
        unfinished = false;
        expired.run();
      }
    }
  }
}
