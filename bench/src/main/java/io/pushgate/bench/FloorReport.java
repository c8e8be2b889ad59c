package io.pushgate.bench;

import io.pushgate.bench.measure.Figure;
import io.pushgate.bench.measure.Section;
import java.util.List;

/** Compares a run with the same on the floor before and behind it. Any thread. */
final class FloorReport {
  private FloorReport() {}

  static List<Section> sections(LoadResult before, LoadResult gateway, LoadResult after) {
    double floor = (cpuMicros(before) + cpuMicros(after)) / 2;
    double p50 = (p50(before) + p50(after)) / 2;
    double p99 = (p99(before) + p99(after)) / 2;
    return List.of(
        Section.of(
            "floor",
            "the floor, before and behind",
            Figure.of(
                "cpuMicrosPerDeliveryBefore", "processor a delivery", cpuMicros(before), "us"),
            Figure.of("cpuMicrosPerDeliveryBehind", "processor a delivery", cpuMicros(after), "us"),
            Figure.of("pushesPerSecondBefore", "pushes acked a second", perSecond(before), ""),
            Figure.of("pushesPerSecondBehind", "pushes acked a second", perSecond(after), ""),
            Figure.of("p50Millis", "delivery p50, mean of both", p50, "ms"),
            Figure.of("p99Millis", "delivery p99, mean of both", p99, "ms")),
        Section.of(
            "ratio",
            "gateway to floor",
            Figure.of("cpuPerDelivery", "processor a delivery", cpuMicros(gateway) / floor, ""),
            Figure.of("deliveryP50", "delivery p50", p50(gateway) / p50, ""),
            Figure.of("deliveryP99", "delivery p99", p99(gateway) / p99, "")));
  }

  private static double cpuMicros(LoadResult result) {
    long nanos = result.end().serverCpuNanos() - result.start().serverCpuNanos();
    long deliveries = result.end().sessions().delivered() - result.start().sessions().delivered();
    return nanos / 1e3 / deliveries;
  }

  private static double perSecond(LoadResult result) {
    long pushes = result.end().pushes().acked() - result.start().pushes().acked();
    return pushes / result.end().secondsSince(result.start());
  }

  private static double p50(LoadResult result) {
    return result.latencies().deliveries().percentileMillis(50);
  }

  private static double p99(LoadResult result) {
    return result.latencies().deliveries().percentileMillis(99);
  }
}
