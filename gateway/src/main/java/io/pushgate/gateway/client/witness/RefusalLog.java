package io.pushgate.gateway.client.witness;

import io.netty.util.NetUtil;
import io.pushgate.gateway.http.Network;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The refusals of the public port by their cause and the peer, mostly a proxy, that they came from:
 * the newest of each, and how many there were. Of each one line a minute is logged, as a warning,
 * and 60 lines a minute of all. Any thread.
 */
public final class RefusalLog {
  private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);

  private static final int MAX_CAUSES = 256;
  private static final int MAX_LINES_A_MINUTE = 60;
  private static final long MINUTE_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private final LongSupplier wallMillis;

  /** In the order of the newest refusal, the oldest first: that one makes room. */
  private final Map<Key, Cause> causes = new LinkedHashMap<>(16, 0.75f, true);

  private long minute;
  private int linesOfMinute;

  private record Key(String code, Optional<String> fix, Network peer) {}

  /**
   * One refusal.
   *
   * @param path the path asked for, without its query
   * @param detail what was seen and what was expected, with what the client sent quoted
   */
  public record Refusal(
      int status,
      String code,
      String detail,
      Optional<String> fix,
      String path,
      InetAddress peer,
      InetAddress client) {}

  /**
   * All refusals of one cause and peer.
   *
   * @param firstTs in ms of the wall clock, as {@code lastTs}
   */
  public record Cause(Refusal newest, long firstTs, long lastTs, long count) {}

  /** Takes the clock, in the manner of {@link System#currentTimeMillis()}. */
  public RefusalLog(LongSupplier wallMillis) {
    this.wallMillis = wallMillis;
  }

  /**
   * Counts a refusal, and logs it where its cause was not met this minute; tells whether it did.
   */
  public boolean record(Refusal refusal) {
    boolean isNews = isNews(refusal);
    if (isNews) {
      log.warn(
          "refused {} {} to {} by way of {}: {}{}",
          refusal.status(),
          refusal.code(),
          NetUtil.toAddressString(refusal.client()),
          NetUtil.toAddressString(refusal.peer()),
          refusal.detail(),
          refusal.fix().map(fix -> "; missing: " + fix.replace("\n", " ")).orElse(""));
    }
    return isNews;
  }

  /** The causes, the one met last first. */
  public synchronized List<Cause> newestFirst() {
    List<Cause> newest = new ArrayList<>(causes.values());
    Collections.reverse(newest);
    return newest;
  }

  private synchronized boolean isNews(Refusal refusal) {
    long now = wallMillis.getAsLong();
    Key key = new Key(refusal.code(), refusal.fix(), Network.of(refusal.peer()));
    Cause known = causes.get(key);
    if (known == null && causes.size() == MAX_CAUSES) {
      causes.remove(causes.keySet().iterator().next());
    }
    causes.put(
        key,
        known == null
            ? new Cause(refusal, now, now, 1)
            : new Cause(refusal, known.firstTs(), now, known.count() + 1));
    boolean sameMinute = known != null && minuteOf(known.lastTs()) == minuteOf(now);
    return !sameMinute && hasLineLeft(now);
  }

  private boolean hasLineLeft(long now) {
    if (minuteOf(now) != minute) {
      minute = minuteOf(now);
      linesOfMinute = 0;
    }
    return linesOfMinute++ < MAX_LINES_A_MINUTE;
  }

  private static long minuteOf(long millis) {
    return millis / MINUTE_MILLIS;
  }
}
