package io.pushgate.bench.crash;

import java.util.List;

/**
 * What a run came to. Immutable.
 *
 * @param startKills how often the gateway was killed while it was starting, too
 * @param deliveries arrivals at all readers, repeats left out
 */
public record CrashResult(
    List<Round> rounds,
    int startKills,
    int acked,
    long deliveries,
    int receipts,
    int violated,
    List<String> violations) {

  /**
   * One life of the gateway. Immutable.
   *
   * @param acked pushes that were acked in it
   * @param unansweredAtKill when the kill was sent
   * @param unanswered of those, what stayed so when all answers on their way had been read
   * @param readyMillis from the launch to the line that says that it listens
   */
  public record Round(
      int number, long acked, int unansweredAtKill, int unanswered, long readyMillis) {}

  public CrashResult {
    rounds = List.copyOf(rounds);
    violations = List.copyOf(violations);
  }
}
