package io.pushgate.bench.soak;

import io.pushgate.bench.server.GatewayProgram;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What to do. Immutable.
 *
 * @param program but for its data and the bounds of its journals
 * @param folder for the data and logs of the gateways
 * @param rate pushes a second; zero is half of what a ramp finds
 */
public record SoakPlan(
    GatewayProgram program, Path folder, Duration time, int users, int rate, long seed) {
  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final Duration LONGEST_BETWEEN = Duration.ofMinutes(1);
  private static final Duration SHORTEST_BETWEEN = Duration.ofSeconds(10);
  private static final int SHARE = 6;

  /** From when on it has to be flat: five minutes, or a sixth of a shorter run. */
  Duration settled() {
    return least(time.dividedBy(SHARE), LONGEST_START);
  }

  /** How often its garbage is collected, and a row told. */
  Duration between() {
    Duration between = least(time.dividedBy(SHARE), LONGEST_BETWEEN);
    return between.compareTo(SHORTEST_BETWEEN) < 0 ? SHORTEST_BETWEEN : between;
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
