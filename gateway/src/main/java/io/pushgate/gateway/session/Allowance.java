package io.pushgate.gateway.session;

import org.jspecify.annotations.Nullable;

/**
 * How much a session may be sent until its client says more: what its {@code window} leaves, and
 * what may lie ahead of a client that is known to read. <em>Event loop only.</em>
 */
final class Allowance {
  private final @Nullable Window window;
  private final @Nullable Ahead ahead;
  private boolean held;

  Allowance(SessionRequest request) {
    window = request.window() > 0 ? new Window(request.window()) : null;
    ahead = request.format() == SessionRequest.Format.WEBSOCKET ? new Ahead() : null;
  }

  /** Nothing goes out until the client says more. */
  boolean held() {
    return held;
  }

  void hold(boolean on) {
    held = on;
  }

  /** How many entries are worth reading, one at least. */
  int entries(int most) {
    return window == null ? most : Math.max(1, Math.min(most, window.free()));
  }

  /** Where to stop in a run. */
  int limit(Run run, int from) {
    if (held) {
      return from;
    }
    int to = window == null ? run.count() : window.limit(run, from, run.count());
    return ahead == null || to == from ? to : ahead.limit(run, from, to);
  }

  void sent(Run run, int from, int to, int bytes) {
    if (window != null) {
      for (int frame = from; frame < to; frame++) {
        window.sent(run.feed(), run.offset(frame), run.end(frame) - run.start(frame));
      }
    }
    if (ahead != null) {
      ahead.sent(bytes);
    }
  }

  /** Whether the client has to be asked now how far it has read, for the session to go on. */
  boolean ask() {
    return ahead != null && ahead.ask(held);
  }

  /** What a ping that asks carries. */
  long mark() {
    return ahead == null ? 0 : ahead.mark();
  }

  /** The client acknowledged; -1 for nothing in that journal. */
  void acknowledged(long ownOffset, long everyoneOffset, boolean all) {
    held = false;
    if (window != null) {
      window.acknowledge(ownOffset, everyoneOffset);
    }
    if (ahead != null && all) {
      ahead.readAll();
    }
  }

  /** The client has read everything that was sent before the ping of this mark. */
  void read(long mark) {
    held = false;
    if (ahead != null) {
      ahead.read(mark);
    }
  }

  /** What holds the session back, for people; empty where nothing does. */
  String pause() {
    if (!held) {
      return "";
    }
    return window != null && window.free() == 0
        ? "its window is full"
        : "its client has not read what was sent";
  }
}
