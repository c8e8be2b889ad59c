package io.pushgate.bench.soak;

import java.util.List;

/**
 * What a soak came to. Immutable.
 *
 * @param capacity pushes a second that a ramp found; zero where the rate was given
 * @param failures promises that were broken, and how else the gateway failed
 */
public record SoakResult(
    int capacity, int rate, List<Sample> samples, List<Trend> trends, List<String> failures) {
  public SoakResult {
    samples = List.copyOf(samples);
    trends = List.copyOf(trends);
    failures = List.copyOf(failures);
  }

  public boolean passed() {
    return failures.isEmpty() && trends.stream().allMatch(Trend::isFlat);
  }
}
