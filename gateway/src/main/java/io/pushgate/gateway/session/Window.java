package io.pushgate.gateway.session;

import io.pushgate.protocol.Feed;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one session was sent and has not acknowledged, bounded by its {@code window} and by bytes.
 * <em>Event loop only.</em>
 */
final class Window {
  private static final int MAX_BYTES = 256 * 1024;

  private record Sent(Feed feed, long offset, int bytes) {}

  private final int max;
  private final Deque<Sent> unacknowledged = new ArrayDeque<>();
  private int bytes;

  Window(int max) {
    this.max = max;
  }

  /** How many notifications may go out now, the bytes aside. */
  int free() {
    return bytes >= MAX_BYTES ? 0 : max - unacknowledged.size();
  }

  /** Where to stop in a run: a single frame larger than the bound passes an empty window. */
  int limit(Run run, int from, int to) {
    int free = free();
    int end = Math.min(to, from + free);
    int size = bytes;
    for (int frame = from; frame < end; frame++) {
      size += run.end(frame) - run.start(frame);
      if (size > MAX_BYTES && !(frame == from && unacknowledged.isEmpty())) {
        return frame;
      }
    }
    return end;
  }

  void sent(Feed feed, long offset, int size) {
    unacknowledged.add(new Sent(feed, offset, size));
    bytes += size;
  }

  /** Acknowledges cumulatively; an offset of -1 leaves that journal as it is. */
  void acknowledge(long userOffset, long everyoneOffset) {
    unacknowledged.removeIf(
        sent -> {
          long through = sent.feed() == Feed.USER ? userOffset : everyoneOffset;
          if (sent.offset() > through) {
            return false;
          }
          bytes -= sent.bytes();
          return true;
        });
  }
}
