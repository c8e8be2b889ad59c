package io.pushgate.gateway.hub;

import io.netty.channel.EventLoop;
import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.session.Run;
import io.pushgate.gateway.session.Session;
import io.pushgate.gateway.session.SessionLoop;
import io.pushgate.protocol.Feed;

/**
 * Takes broadcasts round all sessions of one loop, a slice at a time, so that the loop's other work
 * waits for a few hundred sends and not for ten thousand. <em>Event loop only.</em>
 *
 * <p>The run grows while the walk is under way: a session gets all that is in it by then in one
 * write, and the walk goes round once more for those it had passed.
 */
final class Walk {
  private static final int SLICE = 512;
  private static final int RUN_BYTES = 256 * 1024;

  /** A run that grew past this begins anew: those it has not reached go to the journal. */
  private static final int MAX_RUN_BYTES = 1 << 20;

  private final EventLoop loop;
  private final SessionList sessions;
  private final byte[] cursorPrefix;
  private final Run run = new Run(SessionLoop.buffer(RUN_BYTES));
  private int next;
  private int left;
  private boolean grown;
  private boolean walking;

  Walk(EventLoop loop, SessionList sessions, byte[] cursorPrefix) {
    this.loop = loop;
    this.sessions = sessions;
    this.cursorPrefix = cursorPrefix;
  }

  /** Adds a broadcast to what the walk carries. */
  void append(Entry entry) {
    if (sessions.size() == 0) {
      return; // Who comes later begins in the journal.
    }
    boolean follows = !run.isEmpty() && entry.previous() == run.newest();
    if (!follows || run.length() > MAX_RUN_BYTES) {
      run.reset(Feed.EVERYONE, entry.previous());
    }
    run.append(entry, cursorPrefix);
    grown = true;
  }

  /** Sets out, unless it is under way already. */
  void go() {
    if (grown && !walking) {
      walking = true;
      step();
    }
  }

  private void step() {
    assert loop.inEventLoop();
    if (grown) {
      grown = false;
      left = sessions.size();
    }
    for (int visited = 0; visited < SLICE && left > 0; visited++, left--) {
      if (next >= sessions.size()) {
        next = 0;
      }
      if (sessions.size() > 0) {
        SessionList.offer(sessions.get(next++), run);
      }
    }
    if (left > 0 || grown) {
      loop.execute(this::step);
    } else {
      walking = false;
      run.reset(Feed.EVERYONE, run.newest());
    }
  }

  /** A session came: the walk has one more to visit. */
  void added() {
    if (walking) {
      left++;
    }
  }

  /** A session took the place of one that left, perhaps behind the walk's back. */
  void moved(Session session) {
    if (walking) {
      SessionList.offer(session, run);
    }
  }

  void release() {
    run.release();
  }
}
