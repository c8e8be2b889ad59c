package io.pushgate.gateway.client.witness;

import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.session.Ending;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One proxy that sessions come through: how many there are, and how those ended that nobody closed.
 * What ends within about a second is judged together, since a proxy that goes away takes all of its
 * connections with it, and a timeout takes them one by one. Any thread.
 */
final class Proxy implements Ending {
  private static final int MAX_CUTS = 64;
  private static final int MIN_CUTS_OF_TIMEOUT = 5;
  private static final int MIN_CUTS_OF_BURST = 10;
  private static final long TOGETHER_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** Stands for a burst among the silences that were told. */
  private static final int BURST = 0;

  private final String address;
  private final LongSupplier nanoTime;
  private final Metrics metrics;

  /** The newest cuts, the oldest first. */
  private final Deque<Cut> cuts = new ArrayDeque<>();

  /** What was warned of in the last ten minutes, in seconds of silence, and when. */
  private final Map<Integer, Long> told = new HashMap<>();

  private int sessions;
  private int unjudged;
  private long firstUnjudgedNanos;

  private record Cut(int silentMillis, long nanos) {}

  Proxy(String address, LongSupplier nanoTime, Metrics metrics) {
    this.address = address;
    this.nanoTime = nanoTime;
    this.metrics = metrics;
  }

  synchronized void enter() {
    sessions++;
  }

  /** Whether there is nothing to remember it for. */
  synchronized boolean isUnused() {
    return sessions == 0 && unjudged == 0;
  }

  @Override
  public synchronized void closed() {
    sessions--;
  }

  @Override
  public synchronized void cut(int silentMillis) {
    sessions--;
    long now = nanoTime.getAsLong();
    if (unjudged++ == 0) {
      firstUnjudgedNanos = now;
    }
    if (cuts.size() == MAX_CUTS) {
      cuts.removeFirst();
    }
    cuts.addLast(new Cut(silentMillis, now));
  }

  /** Looks at what was cut since the last look; answers what an operator is to know of it. */
  synchronized Optional<String> judge() {
    long now = nanoTime.getAsLong();
    if (unjudged == 0 || now - firstUnjudgedNanos < TOGETHER_NANOS) {
      return Optional.empty();
    }
    int ended = unjudged;
    unjudged = 0;
    told.values().removeIf(nanos -> now - nanos > KEPT_NANOS);
    while (cuts.size() > ended && now - cuts.getFirst().nanos() > KEPT_NANOS) {
      cuts.removeFirst();
    }
    List<Integer> latest =
        cuts.stream().skip(Math.max(0, cuts.size() - ended)).map(Cut::silentMillis).toList();
    return isBurst(ended, latest) ? burst(ended, latest.size()) : timeout(ended, latest);
  }

  /**
   * Whether so many went at once that the proxy itself did, or a part of it. A timeout may take
   * many at once as well, where all were last sent something together, but none that had been
   * silent for less.
   */
  private boolean isBurst(int ended, List<Integer> latest) {
    Silence common = Silence.mostCommon(latest);
    return ended >= MIN_CUTS_OF_BURST
        && ended >= sessions
        && common.count() * 10 < latest.size() * 9;
  }

  /** What went in a burst tells nothing of timeouts, and is forgotten. */
  private Optional<String> burst(int ended, int kept) {
    metrics.cut("burst", ended);
    for (int i = 0; i < kept; i++) {
      cuts.removeLast();
    }
    return once(
        BURST,
        "%d connections through %s ended at once, %d are left: that proxy was restarted, or its old workers ended (worker_shutdown_timeout); reload it rather than restart it, and give old workers longer"
            .formatted(ended, address, sessions));
  }

  private Optional<String> timeout(int ended, List<Integer> latest) {
    Silence silence = Silence.mostCommon(cuts.stream().map(Cut::silentMillis).toList());
    boolean stands =
        silence.count() >= MIN_CUTS_OF_TIMEOUT && silence.count() * 2 >= silence.among();
    long its = stands ? latest.stream().filter(silence::holds).count() : 0;
    long silent = its * ended / latest.size();
    metrics.cut("silence", silent);
    metrics.cut("other", ended - silent);
    return its == 0 ? Optional.empty() : once(silence.seconds(), silence.warning(address));
  }

  /** The same is told once in ten minutes; seconds beside each other may be one timeout. */
  private Optional<String> once(int seconds, String warning) {
    boolean known =
        told.containsKey(seconds - 1) || told.containsKey(seconds) || told.containsKey(seconds + 1);
    if (known) {
      return Optional.empty();
    }
    told.put(seconds, nanoTime.getAsLong());
    return Optional.of(warning);
  }
}
