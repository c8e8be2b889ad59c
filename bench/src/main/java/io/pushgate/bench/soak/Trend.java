package io.pushgate.bench.soak;

import java.util.List;

/**
 * How a gauge has moved: the least-squares line through its samples. Immutable.
 *
 * @param growth what the line rises by from the first sample to the last
 * @param allowed what it may
 */
public record Trend(Gauge gauge, int samples, double mean, double growth, double allowed) {

  /** Two points make a line, but no evidence. */
  private static final int FEWEST = 3;

  static Trend of(Gauge gauge, List<Sample> samples) {
    double[] x =
        samples.stream()
            .filter(sample -> !Double.isNaN(gauge.of(sample)))
            .mapToDouble(Sample::seconds)
            .toArray();
    double[] y =
        samples.stream().mapToDouble(gauge::of).filter(value -> !Double.isNaN(value)).toArray();
    double meanX = mean(x);
    double meanY = mean(y);
    double above = 0;
    double below = 0;
    for (int i = 0; i < x.length; i++) {
      above += (x[i] - meanX) * (y[i] - meanY);
      below += (x[i] - meanX) * (x[i] - meanX);
    }
    double growth = below == 0 ? 0 : above / below * (x[x.length - 1] - x[0]);
    return new Trend(gauge, y.length, meanY, growth, gauge.allowed(meanY));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  /** Whether it did not grow, as far as can be told; what falls is fine. */
  public boolean isFlat() {
    return samples >= FEWEST && growth <= allowed;
  }
}
