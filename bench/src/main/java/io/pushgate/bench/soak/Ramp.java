package io.pushgate.bench.soak;

import io.pushgate.bench.crash.SteadyLoad;
import io.pushgate.bench.measure.Progress;
import java.util.concurrent.TimeUnit;

/** Doubles a load until the gateway, or this client beside it, can't keep up. Immutable. */
record Ramp(SteadyLoad load, Progress progress) {
  private static final int FIRST = 100;
  private static final int MOST = 51_200;
  private static final long STEP_SECONDS = 4;
  private static final double LATE_MILLIS = 300;

  /** The last rate that was kept up with. */
  int capacity() throws InterruptedException {
    int kept = FIRST;
    for (int rate = FIRST; rate <= MOST; rate *= 2) {
      load.rate(rate);
      TimeUnit.SECONDS.sleep(STEP_SECONDS / 2);
      load.takeLatency();
      TimeUnit.SECONDS.sleep(STEP_SECONDS / 2);
      double late = load.takeLatency().percentileMillis(90);
      progress.line("ramp: %,d a second, p90 %,.1f ms".formatted(rate, late));
      if (late > LATE_MILLIS || load.backlog() > rate) {
        break;
      }
      kept = rate;
    }
    load.rate(0);
    return kept;
  }
}
