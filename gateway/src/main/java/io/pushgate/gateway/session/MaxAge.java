package io.pushgate.gateway.session;

import java.time.Duration;

/**
 * How old a session may get: about as old as {@code --max-connection-age} says, give or take a
 * fifth, so that sessions which began together do not end together. <em>Immutable.</em>
 */
record MaxAge(Duration about) {
  private static final double FIFTH = 0.2;
  private static final int RANDOM_BITS = 24;

  /**
   * The age of one session in nanoseconds. The draw is the session's id, which is one already and
   * stays the same for its life, so that no session has to keep a draw.
   */
  long nanosFor(long id) {
    double zeroToOne = (double) (id >>> (Long.SIZE - RANDOM_BITS)) / (1 << RANDOM_BITS);
    return (long) (about.toNanos() * (1 - FIFTH + 2 * FIFTH * zeroToOne));
  }
}
