package io.pushgate.gateway.client.witness;

import io.pushgate.gateway.nginx.Lines;
import java.util.Arrays;
import java.util.List;

/**
 * The silence that most of some connections had in common when they were cut, which is what a
 * timeout looks like from here. Immutable.
 *
 * @param millis the shortest of those, which is the nearest to the timeout: the clock is late
 * @param count how many of them had it
 * @param among so many that were silent for long enough to tell
 */
record Silence(int millis, int count, int among) {
  /** Shorter ones are no timeout that anybody sets, and what every busy connection has. */
  private static final int MIN_MILLIS = 2_000;

  /** The clock of the sessions is late by that much. */
  private static final int WIDTH_MILLIS = 1_000;

  /** nginx sets no timer anew for less than 300 ms, so it may end that much too early. */
  private static final int SLACK_MILLIS = 350;

  /** The one that the most have in common; of none, where none was silent for long enough. */
  static Silence mostCommon(List<Integer> silentMillis) {
    int[] sorted =
        silentMillis.stream()
            .mapToInt(Integer::intValue)
            .filter(millis -> millis >= MIN_MILLIS - SLACK_MILLIS)
            .sorted()
            .toArray();
    Silence most = new Silence(0, 0, sorted.length);
    for (int first = 0; first < sorted.length; first++) {
      int longest = sorted[first] + WIDTH_MILLIS + SLACK_MILLIS;
      int count =
          (int) Arrays.stream(sorted, first, sorted.length).filter(m -> m <= longest).count();
      if (count > most.count) {
        most = new Silence(sorted[first], count, sorted.length);
      }
    }
    return most;
  }

  /** Whether a connection was cut after this silence too. */
  boolean holds(int silentMillis) {
    return count > 0
        && silentMillis >= millis
        && silentMillis <= millis + WIDTH_MILLIS + SLACK_MILLIS;
  }

  /** The timeout that it points at. */
  int seconds() {
    return (millis + SLACK_MILLIS) / 1_000;
  }

  /** What the operator of the proxy is to know and to set. */
  String warning(String proxy) {
    int halfMillis = seconds() * 500;
    String half = halfMillis % 1_000 == 0 ? halfMillis / 1_000 + "s" : halfMillis + "ms";
    return "connections through %s end after %d s of silence: proxy_read_timeout; set %s there, or --heartbeat below %s here"
        .formatted(proxy, seconds(), Lines.READ_TIMEOUT, half);
  }
}
