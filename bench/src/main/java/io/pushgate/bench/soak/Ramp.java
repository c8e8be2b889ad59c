package io.pushgate.bench.soak;

import io.pushgate.bench.crash.SteadyLoad;
import io.pushgate.bench.measure.Progress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Raises a load step by step until the gateway, or this client beside it, can't keep up. */
record Ramp(SteadyLoad load, Progress progress) {
  private static final int FIRST = 400;
  private static final int MOST = 50_000;
  private static final double FACTOR = 1.5;
  private static final int STEP_SECONDS = 20;
  private static final double LATE_MILLIS = 300;

  /**
   * So narrow that all of them are met within the first step: what has to be trimmed, forgotten and
   * compacted in the long run costs from there on what it will always cost.
   */
  static final List<String> BOUNDS =
      List.of("journal-count=1000", "receipt-count=1000", "dedupe-age=10s");

  /** The last rate that was kept up with. */
  int capacity() throws InterruptedException {
    int kept = 0;
    for (double rate = FIRST; rate <= MOST; rate *= FACTOR) {
      load.rate((int) rate);
      TimeUnit.SECONDS.sleep(STEP_SECONDS / 2);
      load.takeLatency();
      TimeUnit.SECONDS.sleep(STEP_SECONDS / 2);
      double late = load.takeLatency().percentileMillis(90);
      progress.line("ramp: %,d a second, p90 %,.1f ms".formatted((int) rate, late));
      if (late > LATE_MILLIS || load.backlog() > rate) {
        break;
      }
      kept = (int) rate;
    }
    load.rate(0);
    return kept;
  }
}
