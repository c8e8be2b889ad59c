package io.pushgate.protocol.publisher;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to connect: twice as long each time, up to a bound, and
 * each wait spread over half to all of that, so that the clients of a gateway that restarts do not
 * come back as one. Event loop only.
 */
final class Backoff {
  private final long minMillis;
  private final long maxMillis;
  private final RandomGenerator random;
  private long nextMillis;

  Backoff(long minMillis, long maxMillis, RandomGenerator random) {
    this.minMillis = minMillis;
    this.maxMillis = maxMillis;
    this.random = random;
    this.nextMillis = minMillis;
  }

  long nextMillis() {
    long longest = nextMillis;
    nextMillis = Math.min(maxMillis, longest * 2);
    return random.nextLong(longest / 2, longest + 1);
  }

  /** The gateway answered: the next wait is a first one. */
  void reset() {
    nextMillis = minMillis;
  }
}
