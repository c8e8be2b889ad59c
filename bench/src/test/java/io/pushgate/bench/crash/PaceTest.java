package io.pushgate.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final int RATE = 10;

  private final Quota quota = new Quota(100);
  private final Delays delays = new Delays();
  private final long start = System.nanoTime() - TimeUnit.SECONDS.toNanos(500);
  private final Pace pace = new Pace(quota, delays, start);

  private long at(int seconds) {
    return start + TimeUnit.SECONDS.toNanos(seconds);
  }

  /** All that may be sent is sent; returns how many. */
  private int sendAll(int from) {
    int sent = 0;
    while (quota.take()) {
      delays.sent(from + sent++);
    }
    return sent;
  }

  /** Seconds from when the push of this number was due. */
  private double ageSeconds(int number) {
    delays.take();
    delays.arrived(number, start - 1, 0);
    return delays.take().maxMillis() / 1e3;
  }

  @Test
  void leavesWhatIsDueToBeSentWhereNothingMoreBecomesDue() {
    pace.tick(at(2), RATE);
    pace.tick(at(5), 0);

    assertThat(quota.left()).isEqualTo(2 * RATE);
  }

  @Test
  void measuresFromItsOwnTimeAPushBehindARest() {
    pace.tick(at(2), RATE);
    pace.tick(at(5), 0);
    int before = sendAll(0);
    pace.tick(at(399), 0);
    pace.tick(at(400), RATE);
    int after = sendAll(before);

    assertThat(after).isEqualTo(RATE);
    assertThat(ageSeconds(before - 1)).isBetween(497.0, 560.0);
    assertThat(ageSeconds(before)).isBetween(99.0, 160.0);
    assertThat(ageSeconds(before + after - 1)).isBetween(99.0, 160.0);
  }

  @Test
  void dropsFromQuotaAndDelaysWhatIsAboveTheBacklog() {
    pace.tick(at(300), RATE);
    int before = sendAll(0);
    pace.tick(at(400), 1);
    sendAll(before);

    assertThat(before).isEqualTo(10 * RATE);
    assertThat(ageSeconds(before)).isBetween(99.0, 160.0);
  }
}
