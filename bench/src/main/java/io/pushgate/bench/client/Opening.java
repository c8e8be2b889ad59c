package io.pushgate.bench.client;

import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/** Opens one loop's share of some sessions; the first that fails ends it. Event loop only. */
final class Opening {
  private final SessionLoop loop;
  private final Share share;
  private final Promise<Integer> done;
  private int next;
  private int inFlight;
  private int welcomed;

  Opening(SessionLoop loop, Share share, Promise<Integer> done) {
    this.loop = loop;
    this.share = share;
    this.done = done;
  }

  /**
   * What one loop opens of all: every so many of them, counted from its own number. Immutable.
   *
   * @param count of all sessions that are opened
   * @param userOf the user of a session by its number among all
   * @param loop the number of this loop
   * @param loops how many share the work
   */
  record Share(
      Target target,
      SourceAddresses sources,
      OpenPace pace,
      long baseNanos,
      int count,
      IntUnaryOperator userOf,
      int loop,
      int loops) {

    int size() {
      return (count - loop + loops - 1) / loops;
    }

    /** The number among all of this loop's session i. */
    int number(int i) {
      return loop + i * loops;
    }

    long dueNanos(int i) {
      return baseNanos + (long) (number(i) * 1e9 / pace.perSecond());
    }

    int inFlight() {
      return Math.max(1, pace.inFlight() / loops);
    }
  }

  void more() {
    assert loop.inEventLoop();
    while (next < share.size() && !done.isDone()) {
      long now = System.nanoTime();
      long start = now;
      if (share.pace.isRate()) {
        start = share.dueNanos(next);
        if (start > now) {
          loop.eventLoop().schedule(this::more, start - now, TimeUnit.NANOSECONDS);
          return;
        }
      } else if (inFlight >= share.inFlight()) {
        return;
      }
      open(next++, start);
    }
    if (share.size() == 0) {
      done.trySuccess(0);
    }
  }

  private void open(int i, long startNanos) {
    inFlight++;
    Session session = new Session(loop, share.userOf.applyAsInt(share.number(i)), startNanos);
    loop.sessions().add(session);
    session.open(share.target.address(), share.sources.of(share.number(i)));
  }

  void welcomed() {
    inFlight--;
    welcomed++;
    if (welcomed == share.size()) {
      done.trySuccess(welcomed);
    } else if (!share.pace.isRate()) {
      more();
    }
  }

  void failed(String reason) {
    done.tryFailure(new IOException(reason));
  }
}
