package io.pushgate.bench.measure;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A reading of resident memory once it has stopped moving. Immutable.
 *
 * @param bytes the last reading
 * @param settled whether it stood still in time; where not, the figure is a guess and told as such
 * @param waitedMillis how long that took
 */
public record SettledMemory(long bytes, boolean settled, long waitedMillis) {
  private static final long STEP_MILLIS = 250;
  private static final int STILL_STEPS = 8;

  /** Two pages a thread or so: what a process that does nothing moves by. */
  private static final long STILL_BYTES = 64 << 10;

  /** Waits until the reading has not moved by 64 KiB for two seconds, or for the deadline. */
  public static SettledMemory await(ServerProcess server, long deadlineMillis)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    long reference = server.residentBytes();
    long last = reference;
    int still = 0;
    while (still < STILL_STEPS) {
      long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
      if (waited >= deadlineMillis) {
        return new SettledMemory(last, false, waited);
      }
      TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
      last = server.residentBytes();
      if (Math.abs(last - reference) <= STILL_BYTES) {
        still++;
      } else {
        reference = last;
        still = 0;
      }
    }
    return new SettledMemory(
        last, true, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
  }
}
