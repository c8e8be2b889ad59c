package io.pushgate.bench.publish;

/**
 * The intended times of an open loop, fixed before it starts: a push that goes out late is still
 * measured from when it was due, so a server that stalls can't hide it. Immutable.
 */
public record Schedule(long baseNanos, double perSecond, int count) {
  public Schedule {
    if (!(perSecond > 0) || count < 0) {
      throw new IllegalArgumentException("%d pushes at %s a second".formatted(count, perSecond));
    }
  }

  /** All pushes that are due within a time. */
  public static Schedule within(long baseNanos, double perSecond, long nanos) {
    double count = Math.ceil(perSecond * nanos / 1e9);
    if (count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("more than %,d pushes".formatted(Integer.MAX_VALUE));
    }
    return new Schedule(baseNanos, perSecond, (int) count);
  }

  /** Reckoned from the base, so that no rounding adds up. */
  public long intendedNanos(int push) {
    return baseNanos + (long) (push * 1e9 / perSecond);
  }
}
