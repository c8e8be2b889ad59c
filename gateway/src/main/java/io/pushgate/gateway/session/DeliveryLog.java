package io.pushgate.gateway.session;

import io.pushgate.protocol.Feed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * When the sessions of one loop were sent which places of their users' journals, and acknowledged
 * them: the newest {@value #MAX} of each, for those who ask what became of a notification. An
 * offset names one journal's entry, so that the user need not be kept. <em>Event loop only.</em>
 */
public final class DeliveryLog {
  /** Deliveries, and acknowledgements, that are remembered: 24 bytes each. */
  static final int MAX = 65_536;

  private static final int FIRST_SIZE = 256;

  private final Ring sent = new Ring();
  private final Ring acknowledged = new Ring();
  private long nowMillis;

  /**
   * What one session did with one place.
   *
   * @param sentMillis when it was sent, in milliseconds since 1970
   * @param ackedMillis when the session first acknowledged it or one behind it, 0 where it did not
   */
  public record Seen(long offset, long sentMillis, long ackedMillis) {}

  /** The newest of many: grows to its bound and then begins anew at its start. */
  private static final class Ring {
    private long[] offsets = new long[FIRST_SIZE];
    private long[] sessions = new long[FIRST_SIZE];
    private long[] times = new long[FIRST_SIZE];
    private int next;
    private int size;

    void add(long offset, long session, long millis) {
      if (next == offsets.length) {
        makeRoom();
      }
      offsets[next] = offset;
      sessions[next] = session;
      times[next++] = millis;
      size = Math.max(size, next);
    }

    private void makeRoom() {
      if (next == MAX) {
        next = 0;
        return;
      }
      offsets = Arrays.copyOf(offsets, 2 * next);
      sessions = Arrays.copyOf(sessions, 2 * next);
      times = Arrays.copyOf(times, 2 * next);
    }
  }

  /** What is sent and acknowledged from now on is so at this time. */
  void at(long millis) {
    nowMillis = millis;
  }

  /** Frames of a user's journal went out to a session; broadcasts are too many to be listed. */
  void sent(Run run, int from, int to, long session) {
    if (run.feed() == Feed.USER) {
      for (int frame = from; frame < to; frame++) {
        sent.add(run.offset(frame), session, nowMillis);
      }
    }
  }

  /** A session acknowledged its user's journal up to here. */
  void acknowledged(long through, long session, long millis) {
    acknowledged.add(through, session, millis);
  }

  /** The sessions that were sent one of these places, which ascend; each of them just one. */
  public Map<Long, Seen> find(long[] offsets) {
    Map<Long, Seen> found = new HashMap<>();
    if (offsets.length == 0) {
      return found;
    }
    long least = offsets[0];
    long most = offsets[offsets.length - 1];
    for (int i = 0; i < sent.size; i++) {
      long offset = sent.offsets[i];
      if (offset >= least && offset <= most && Arrays.binarySearch(offsets, offset) >= 0) {
        found.put(sent.sessions[i], new Seen(offset, sent.times[i], 0));
      }
    }
    for (int i = 0; i < acknowledged.size && !found.isEmpty(); i++) {
      if (acknowledged.offsets[i] >= least) {
        long through = acknowledged.offsets[i];
        long millis = acknowledged.times[i];
        found.computeIfPresent(
            acknowledged.sessions[i], (session, seen) -> earliest(seen, through, millis));
      }
    }
    return found;
  }

  private static Seen earliest(Seen seen, long through, long millis) {
    boolean earlier = seen.ackedMillis() == 0 || millis < seen.ackedMillis();
    return through >= seen.offset() && earlier
        ? new Seen(seen.offset(), seen.sentMillis(), millis)
        : seen;
  }
}
