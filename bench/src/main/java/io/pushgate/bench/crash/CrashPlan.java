package io.pushgate.bench.crash;

import io.pushgate.bench.server.GatewayProgram;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What to do. Immutable.
 *
 * @param log where the gateway's stderr goes
 * @param minUnanswered a round in which fewer pushes were unanswered does not count
 * @param perRound pushes that are sent in a round, and as many again where that was not enough
 * @param settle how long nothing may move before what is missing is given up
 */
public record CrashPlan(
    GatewayProgram program,
    Path log,
    long seed,
    int rounds,
    int users,
    int publishers,
    int named,
    int minUnanswered,
    int perRound,
    int payloadBytes,
    Duration settle) {

  Script script() {
    String run = "c" + Long.toString(seed & 0xffffff, 36);
    return new Script(run, seed, users, publishers, named, payloadBytes);
  }

  /** What one publisher keeps unanswered, so that all have enough at any moment. */
  int window() {
    return Math.max(1, 3 * minUnanswered / publishers);
  }
}
