package io.pushgate.bench.soak;

import java.util.function.ToDoubleFunction;

/** What has to stay flat, and what it may grow by over the judged time all the same. */
public enum Gauge {
  DESCRIPTORS("descriptors", "", 0.10, 40, sample -> sample.vitals().descriptors()),
  HEAP(
      "heap behind a collection",
      "MiB",
      0.10,
      4,
      sample -> sample.collected() ? mebibytes(sample.vitals().heapBytes()) : Double.NaN),
  DIRECT("direct memory", "MiB", 0.10, 8, sample -> mebibytes(sample.vitals().directBytes())),
  RESIDENT("resident memory", "MiB", 0.10, 48, s -> mebibytes(s.vitals().residentBytes())),
  CORES("processors", "", 0.25, 0.2, Sample::cores),
  P50("p50 delay", "ms", 0.50, 10, Sample::p50Millis),
  P99("p99 delay", "ms", 1.00, 200, Sample::p99Millis);

  private final String words;
  private final String unit;
  private final double share;
  private final double floor;
  private final ToDoubleFunction<Sample> value;

  /**
   * @param share of its mean that it may grow by
   * @param floor what it may grow by besides, which is its noise
   */
  Gauge(String words, String unit, double share, double floor, ToDoubleFunction<Sample> value) {
    this.words = words;
    this.unit = unit;
    this.share = share;
    this.floor = floor;
    this.value = value;
  }

  public String words() {
    return words;
  }

  public String unit() {
    return unit;
  }

  /** Not a number where the sample does not tell. */
  double of(Sample sample) {
    return value.applyAsDouble(sample);
  }

  double allowed(double mean) {
    return share * mean + floor;
  }

  private static double mebibytes(long bytes) {
    return bytes / 1024.0 / 1024.0;
  }
}
