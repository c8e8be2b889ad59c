package io.pushgate.gateway.command;

import java.util.random.RandomGenerator;

/**
 * How long a client waits before it comes back: twice as long after each failure, up to a bound,
 * and jittered, so that many clients that lost one gateway do not come back as one. Immutable.
 */
record Backoff(long firstMillis, long maxMillis) {

  /** The wait before the attempt of this number, counted from 0: the upper half of its span. */
  long delayMillis(int attempt, RandomGenerator random) {
    long span = Math.min(maxMillis, firstMillis << Math.min(attempt, 20));
    return span / 2 + random.nextLong(span / 2 + 1);
  }
}
