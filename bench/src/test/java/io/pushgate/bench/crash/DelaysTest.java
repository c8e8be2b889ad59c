package io.pushgate.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.measure.Latency;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DelaysTest {
  private final Delays delays = new Delays();

  private static long secondsAgo(int seconds) {
    return System.nanoTime() - TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void countsFromWhenAPushWasDueHoweverLateItWasSent() {
    delays.due(secondsAgo(9));
    delays.sent(0);
    delays.arrived(0, secondsAgo(20), 1_000);

    Latency latency = delays.take();
    assertThat(latency.count()).isEqualTo(1);
    assertThat(latency.maxMillis()).isBetween(9_000.0, 60_000.0);
  }

  @Test
  void leavesOutWhatWasDueBeforeTheSessionCame() {
    delays.due(secondsAgo(9));
    delays.sent(0);
    delays.arrived(0, secondsAgo(1), 1_000);

    assertThat(delays.take().count()).isZero();
  }

  @Test
  void beginsAnewOnceItWasTaken() {
    delays.sent(0);
    delays.arrived(0, secondsAgo(1), 1_000);

    assertThat(delays.take().count()).isEqualTo(1);
    assertThat(delays.take().count()).isZero();
  }
}
