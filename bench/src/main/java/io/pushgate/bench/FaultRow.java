package io.pushgate.bench;

import io.pushgate.bench.fault.FaultResult;
import io.pushgate.bench.server.Vitals;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One fault in figures, and in a line. Immutable.
 *
 * @param verdict passed, FAILED, or not run
 * @param calmP50Millis delay of the healthy before it
 * @param duringP50Millis while it lasted
 * @param heapKept bytes that were not given back when it was over
 * @param peers connections at its height
 * @param heapAPeer bytes that each of them cost above the mean of before and after, since what the
 *     healthy push stays; zero where nobody could be asked
 */
record FaultRow(
    String verdict,
    double calmP50Millis,
    double duringP50Millis,
    double calmP99Millis,
    double duringP99Millis,
    long heapKept,
    long directKept,
    long bufferedKept,
    long descriptorsKept,
    int peers,
    long heapAPeer,
    long directAPeer,
    List<String> failures) {
  private static final double MEBIBYTE = 1 << 20;

  static FaultRow of(FaultResult result) {
    Vitals before = result.before();
    Vitals after = result.after();
    Vitals height = result.height();
    return new FaultRow(
        verdict(result),
        result.calm().percentileMillis(50),
        result.during().percentileMillis(50),
        result.calm().percentileMillis(99),
        result.during().percentileMillis(99),
        heap(after) - heap(before),
        direct(after) - direct(before),
        buffered(after) - buffered(before),
        descriptors(after) - descriptors(before),
        result.peers(),
        each(result.peers(), heap(height) - (heap(before) + heap(after)) / 2, height),
        each(result.peers(), direct(height) - (direct(before) + direct(after)) / 2, height),
        result.failures());
  }

  private static String verdict(FaultResult result) {
    if (!result.notRun().isEmpty()) {
      return "not run";
    }
    return result.passed() ? "passed" : "FAILED";
  }

  private static long heap(@Nullable Vitals vitals) {
    return vitals == null ? 0 : vitals.heapBytes();
  }

  private static long direct(@Nullable Vitals vitals) {
    return vitals == null ? 0 : vitals.directBytes();
  }

  private static long buffered(@Nullable Vitals vitals) {
    return vitals == null ? 0 : vitals.bufferedBytes();
  }

  private static long descriptors(@Nullable Vitals vitals) {
    return vitals == null ? 0 : vitals.descriptors();
  }

  private static long each(int peers, long bytes, @Nullable Vitals height) {
    return peers == 0 || height == null ? 0 : bytes / peers;
  }

  @Override
  public String toString() {
    if (calmP99Millis == 0) {
      return verdict;
    }
    String line =
        String.format(
            Locale.ROOT,
            "%s, p50 %.1f -> %.1f ms, p99 %.1f -> %.1f ms, kept heap %+.1f, direct %+.1f,"
                + " buffered %+.1f MiB, %+d descriptors",
            verdict,
            calmP50Millis,
            duringP50Millis,
            calmP99Millis,
            duringP99Millis,
            heapKept / MEBIBYTE,
            directKept / MEBIBYTE,
            bufferedKept / MEBIBYTE,
            descriptorsKept);
    return heapAPeer == 0 && directAPeer == 0
        ? line
        : line + ", %,d peers of %,d + %,d bytes".formatted(peers, heapAPeer, directAPeer);
  }
}
