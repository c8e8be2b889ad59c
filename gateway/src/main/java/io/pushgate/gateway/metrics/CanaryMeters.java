package io.pushgate.gateway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.Stream;

/** The meters of the notifications that the gateway pushes to itself. Any thread. */
public final class CanaryMeters {
  private final LabelledCounter canaries;

  CanaryMeters(MeterRegistry registry) {
    canaries =
        new LabelledCounter(
            registry,
            "pushgate_canaries_total",
            "Notifications that the watchdog had the gateway push to itself.",
            "outcome");
    Stream.of("arrived", "unavailable", "lost_loop", "lost_journal", "lost_session")
        .forEach(canaries::of);
  }

  /** It came through; or the journal took nothing, and all else does what it should. */
  public void arrived(boolean journalled) {
    canaries.increment(journalled ? "arrived" : "unavailable");
  }

  /** It did not come through in time; the first station that it did not reach. */
  public void lost(String station) {
    canaries.increment("lost_" + station);
  }
}
