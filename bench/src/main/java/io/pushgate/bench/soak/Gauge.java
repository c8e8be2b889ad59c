package io.pushgate.bench.soak;

/** What has to stay flat, and what it may grow by over the judged time all the same. */
public enum Gauge {
  DESCRIPTORS("descriptors", "", 0.10, 40),
  HEAP("heap behind a collection", "MiB", 0.10, 4),
  DIRECT("direct memory", "MiB", 0.10, 8),
  RESIDENT("resident memory", "MiB", 0.10, 48),
  CORES("processors", "", 0.25, 0.2),
  P50("p50 delay", "ms", 0.50, 10),
  P99("p99 delay", "ms", 1.00, 200);

  private final String words;
  private final String unit;
  private final double share;
  private final double floor;

  /**
   * @param share of its mean that it may grow by
   * @param floor what it may grow by besides, which is its noise
   */
  Gauge(String words, String unit, double share, double floor) {
    this.words = words;
    this.unit = unit;
    this.share = share;
    this.floor = floor;
  }

  public String words() {
    return words;
  }

  public String unit() {
    return unit;
  }

  /** Not a number where the sample does not tell. */
  double of(Sample sample) {
    return switch (this) {
      case DESCRIPTORS -> sample.vitals().descriptors();
      case HEAP -> sample.collected() ? mebibytes(sample.vitals().heapBytes()) : Double.NaN;
      case DIRECT -> mebibytes(sample.vitals().directBytes());
      case RESIDENT -> mebibytes(sample.vitals().residentBytes());
      case CORES -> sample.cores();
      case P50 -> sample.p50Millis();
      case P99 -> sample.p99Millis();
    };
  }

  double allowed(double mean) {
    return share * mean + floor;
  }

  private static double mebibytes(long bytes) {
    return bytes / 1024.0 / 1024.0;
  }
}
