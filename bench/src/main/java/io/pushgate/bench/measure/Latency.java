package io.pushgate.bench.measure;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A histogram of nanoseconds with three digits, up to ten minutes. One thread at a time. */
public final class Latency {
  private static final long HIGHEST = TimeUnit.MINUTES.toNanos(10);
  private static final int DIGITS = 3;

  private final Histogram histogram;

  public Latency() {
    this(new Histogram(HIGHEST, DIGITS));
  }

  private Latency(Histogram histogram) {
    this.histogram = histogram;
  }

  /** What is longer than the histogram reaches counts as its end, so that it is never left out. */
  public void record(long nanos) {
    histogram.recordValue(Math.min(Math.max(nanos, 0), HIGHEST));
  }

  public Latency copy() {
    return new Latency(histogram.copy());
  }

  public void add(Latency other) {
    histogram.add(other.histogram);
  }

  public long count() {
    return histogram.getTotalCount();
  }

  public double meanMillis() {
    return histogram.getMean() / 1e6;
  }

  public double maxMillis() {
    return histogram.getMaxValue() / 1e6;
  }

  public double percentileMillis(double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }
}
