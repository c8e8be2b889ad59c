package io.pushgate.gateway.session;

/**
 * How far a WebSocket is sent ahead of what its client is known to have read, so that kernels and
 * proxies hold no more than that for one that does not read. <em>Event loop only.</em>
 *
 * <p>Half-way a ping goes out that carries the count of bytes before it; its pong is the client's
 * word that it has read them. An acknowledgement of all that was sent is as good.
 */
final class Ahead {
  static final long MAX_BYTES = 1 << 20;
  private static final long PING_AFTER = MAX_BYTES / 2;

  private long sent;
  private long known;
  private boolean asked;

  /** Where to stop in a run; a single frame larger than the bound passes where nothing is ahead. */
  int limit(Run run, int from, int to) {
    long room = MAX_BYTES - (sent - known);
    if (run.end(to - 1) - run.start(from) <= room) {
      return to;
    }
    int frame = from;
    while (frame < to && run.end(frame) - run.start(from) <= room) {
      frame++;
    }
    return frame == from && sent == known ? from + 1 : frame;
  }

  void sent(int bytes) {
    sent += bytes;
  }

  /**
   * Whether the client is to be asked now how far it has read: half the bound lies ahead, or the
   * next frame does not fit. Where nothing lies ahead there is nothing to learn.
   */
  boolean ask(boolean held) {
    if (asked || sent == known || !(held || sent - known >= PING_AFTER)) {
      return false;
    }
    asked = true;
    return true;
  }

  /** What the ping to be sent now carries. */
  long mark() {
    return sent;
  }

  /** The pong of a ping that carried this mark; one from the future tells nothing. */
  void read(long mark) {
    if (mark <= sent && mark >= known) {
      known = mark;
      asked = false;
    }
  }

  /** The client acknowledged the last frame that was sent to it. */
  void readAll() {
    known = sent;
    asked = false;
  }
}
