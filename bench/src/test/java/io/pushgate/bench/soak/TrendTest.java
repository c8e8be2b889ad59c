package io.pushgate.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.server.Vitals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What grows is found, what trembles is not. */
class TrendTest {
  private static final int MINUTES = 25;

  private static Trend trend(Gauge gauge, IntFunction<Sample> minute) {
    List<Sample> samples = new ArrayList<>(IntStream.range(0, MINUTES).mapToObj(minute).toList());
    return Trend.of(gauge, samples);
  }

  private static Sample sample(int minute, double heapMebibytes, double p99Millis) {
    Vitals vitals = new Vitals((long) (heapMebibytes * (1 << 20)), 0, 0, 0, 300 + minute % 7, 0);
    return new Sample(60.0 * minute, vitals, minute % 2 == 0, 1, 1, p99Millis, 0, 0);
  }

  @Test
  void findsALatencyThatRises() {
    Trend trend = trend(Gauge.P99, minute -> sample(minute, 50, 20 + 25 * minute));

    assertThat(trend.growth()).isBetween(599.0, 601.0);
    assertThat(trend.isFlat()).isFalse();
  }

  @Test
  void findsAHeapThatGrowsByAMebibyteAMinuteThoughItTrembles() {
    Trend trend = trend(Gauge.HEAP, minute -> sample(minute, 50 + minute + 3 * (minute % 3), 5));

    assertThat(trend.samples()).as("collected ones alone").isEqualTo(13);
    assertThat(trend.isFlat()).isFalse();
  }

  @Test
  void letsPassWhatTremblesOrFalls() {
    IntFunction<Sample> minute = i -> sample(i, 90 - i + 5 * (i % 2), 20 + 50 * (i % 4));

    for (Gauge gauge : Gauge.values()) {
      assertThat(trend(gauge, minute).isFlat()).as(gauge.words()).isTrue();
    }
  }

  @Test
  void callsNothingFlatThatWasHardlyLookedAt() {
    Trend trend = Trend.of(Gauge.HEAP, List.of(sample(0, 50, 5), sample(2, 50, 5)));

    assertThat(trend.isFlat()).isFalse();
  }
}
