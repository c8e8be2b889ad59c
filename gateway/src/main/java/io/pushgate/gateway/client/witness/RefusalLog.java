package io.pushgate.gateway.client.witness;

import io.netty.util.NetUtil;
import io.pushgate.gateway.http.Network;
import io.pushgate.gateway.http.Quoted;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The refusals of the public port, and what was let in but is suspect, by their cause and the peer,
 * mostly a proxy, that they came from: the newest of each, and how many there were. Each cause and
 * peer is told once a minute, a hundred of them; what else comes in that minute is one line behind
 * it. Any thread.
 */
public final class RefusalLog {
  private static final int MAX_SERIES = 256;
  private static final int MAX_LINES_A_MINUTE = 100;
  private static final int FIRST_ERROR = 400;
  private static final long MINUTE_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private final LongSupplier wallMillis;
  private final Consumer<String> warnings;

  /** In the order of the newest refusal, the oldest first: that one makes room. */
  private final Map<Key, Series> series = new LinkedHashMap<>(16, 0.75f, true);

  private final Set<Key> toldThisMinute = new HashSet<>();
  private long minute;
  private long untold;

  private record Key(Cause cause, Network peer) {}

  /**
   * One refusal, or one request that was let in though it is suspect.
   *
   * @param code the problem's; {@code accepted} where there is none
   * @param detail what was seen and what was expected, with what the client sent quoted
   * @param path the path asked for, without its query
   * @param hop what arrived of headers that proxies change, as it came
   */
  public record Refusal(
      int status,
      String code,
      Verdict verdict,
      String detail,
      String path,
      Map<String, String> hop,
      InetAddress peer,
      InetAddress client) {}

  /**
   * All refusals of one cause and peer.
   *
   * @param firstTs in ms of the wall clock, as {@code lastTs}
   */
  public record Series(Refusal newest, long firstTs, long lastTs, long count) {}

  /**
   * Takes the clock, in the manner of {@link System#currentTimeMillis()}, and what takes the lines.
   */
  public RefusalLog(LongSupplier wallMillis, Consumer<String> warnings) {
    this.wallMillis = wallMillis;
    this.warnings = warnings;
  }

  /** Counts a refusal, and tells of it where its cause and peer were not met this minute. */
  public synchronized void record(Refusal refusal) {
    endMinute();
    Key key = new Key(refusal.verdict().cause(), Network.of(refusal.peer()));
    count(key, refusal);
    if (toldThisMinute.contains(key)) {
      return;
    }
    if (toldThisMinute.size() < MAX_LINES_A_MINUTE) {
      toldThisMinute.add(key);
      warnings.accept(line(refusal));
    } else {
      untold++;
    }
  }

  /** Tells, where a minute is over, how many refusals of it were not told one by one. */
  public synchronized void endMinute() {
    long now = wallMillis.getAsLong() / MINUTE_MILLIS;
    if (now == minute) {
      return;
    }
    if (untold > 0) {
      warnings.accept("and %d more refusals of other causes or proxies".formatted(untold));
    }
    minute = now;
    untold = 0;
    toldThisMinute.clear();
  }

  /** How many series there are. */
  public synchronized int size() {
    return series.size();
  }

  /** All series, the one met last first. */
  public synchronized List<Series> newestFirst() {
    List<Series> newest = new ArrayList<>(series.values());
    Collections.reverse(newest);
    return newest;
  }

  private void count(Key key, Refusal refusal) {
    long now = wallMillis.getAsLong();
    Series known = series.get(key);
    if (known == null && series.size() == MAX_SERIES) {
      series.remove(series.keySet().iterator().next());
    }
    series.put(
        key,
        known == null
            ? new Series(refusal, now, now, 1)
            : new Series(refusal, known.firstTs(), now, known.count() + 1));
  }

  private static String line(Refusal refusal) {
    Verdict verdict = refusal.verdict();
    return "%s %d %s to %s by way of %s: %s, %s; %s%s%s"
        .formatted(
            refusal.status() < FIRST_ERROR ? "answered" : "refused",
            refusal.status(),
            refusal.code(),
            NetUtil.toAddressString(refusal.client()),
            NetUtil.toAddressString(refusal.peer()),
            verdict.cause().wire(),
            verdict.cause().meaning(),
            refusal.detail(),
            arrived(refusal.hop()),
            verdict.fix().map(fix -> "; missing: " + fix.replace("\n", " ")).orElse(""));
  }

  private static String arrived(Map<String, String> hop) {
    return hop.isEmpty()
        ? ""
        : hop.entrySet().stream()
            .map(header -> header.getKey() + " " + Quoted.text(header.getValue()))
            .collect(Collectors.joining(", ", "; arrived: ", ""));
  }
}
