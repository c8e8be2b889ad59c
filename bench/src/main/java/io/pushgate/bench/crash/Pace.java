package io.pushgate.bench.crash;

/**
 * Lets pushes become due at a rate. What is due stands in the quota and in the books of delays
 * alike: else each push would be measured from when another was due. One thread.
 */
final class Pace {
  /** What a stalled gateway leaves to be sent later, in seconds of the rate. */
  private static final int BACKLOG_SECONDS = 10;

  private final Quota quota;
  private final Delays delays;
  private long lastNanos;
  private double owed;

  Pace(Quota quota, Delays delays, long nanos) {
    this.quota = quota;
    this.delays = delays;
    lastNanos = nanos;
  }

  /**
   * Time has passed. What does not go into the backlog never becomes due; what is in it stays there
   * however low the rate is now.
   */
  void tick(long nanos, int perSecond) {
    owed += perSecond * ((nanos - lastNanos) / 1e9);
    lastNanos = nanos;
    int whole = (int) owed;
    owed -= whole;
    int due = Math.max(0, Math.min(whole, BACKLOG_SECONDS * perSecond - quota.left()));
    for (int i = 0; i < due; i++) {
      delays.due(nanos);
    }
    quota.add(due);
  }
}
