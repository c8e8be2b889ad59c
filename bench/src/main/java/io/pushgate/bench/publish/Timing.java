package io.pushgate.bench.publish;

/** When a run starts, and from when to when it counts. Immutable. */
public record Timing(long baseNanos, long warmupNanos, long durationNanos) {
  static final Timing NEVER = new Timing(0, 0, 0);

  public long measureFrom() {
    return baseNanos + warmupNanos;
  }

  public long measureUntil() {
    return baseNanos + warmupNanos + durationNanos;
  }

  boolean isMeasured(long intendedNanos) {
    return intendedNanos >= measureFrom() && intendedNanos < measureUntil();
  }
}
