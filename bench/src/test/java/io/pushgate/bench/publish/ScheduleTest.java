package io.pushgate.bench.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void holdsAllPushesThatAreDueWithinTheTime() {
    assertThat(Schedule.within(0, 20, 3 * SECOND).count()).isEqualTo(60);
    assertThat(Schedule.within(0, 0.5, 3 * SECOND).count()).isEqualTo(2);
    assertThat(Schedule.within(0, 3, 0).count()).isZero();
  }

  @Test
  void fixesEachTimeFromTheBaseSoThatNoRoundingAddsUp() {
    Schedule schedule = Schedule.within(1_000, 3, 1_000_000 * SECOND);

    assertThat(schedule.intendedNanos(0)).isEqualTo(1_000);
    assertThat(schedule.intendedNanos(1)).isEqualTo(1_000 + SECOND / 3);
    assertThat(schedule.intendedNanos(3_000_000 - 3)).isEqualTo(1_000 + 999_999 * SECOND);
  }

  @Test
  void refusesARateThatIsNone() {
    assertThatThrownBy(() -> Schedule.within(0, 0, SECOND)).hasMessageContaining("0.0 a second");
    assertThatThrownBy(() -> Schedule.within(0, Double.NaN, SECOND)).hasMessageContaining("NaN");
  }
}
