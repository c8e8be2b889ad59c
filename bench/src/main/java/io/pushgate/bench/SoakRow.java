package io.pushgate.bench;

import io.pushgate.bench.soak.Sample;
import java.util.Locale;

/** A soak at one moment, in figures and in a line. Immutable. */
record SoakRow(
    double seconds,
    int acked,
    long delivered,
    double p50Millis,
    double p99Millis,
    long heapBytes,
    long directBytes,
    long residentBytes,
    long descriptors,
    double processors) {
  private static final double MEBIBYTE = 1 << 20;

  static SoakRow of(Sample sample) {
    return new SoakRow(
        sample.seconds(),
        sample.acked(),
        sample.arrived(),
        sample.p50Millis(),
        sample.p99Millis(),
        sample.vitals().heapBytes(),
        sample.vitals().directBytes(),
        sample.vitals().residentBytes(),
        sample.vitals().descriptors(),
        sample.cores());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d acked, %,d delivered, p50 %.1f, p99 %.1f ms, heap %.1f, direct %.1f, resident %.1f MiB,"
            + " %d descriptors, %.2f processors",
        acked,
        delivered,
        p50Millis,
        p99Millis,
        heapBytes / MEBIBYTE,
        directBytes / MEBIBYTE,
        residentBytes / MEBIBYTE,
        descriptors,
        processors);
  }
}
