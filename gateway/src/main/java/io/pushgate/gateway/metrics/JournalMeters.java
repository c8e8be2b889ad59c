package io.pushgate.gateway.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The meters of the journals and of the store that keeps them. Any thread. */
public final class JournalMeters {
  private final MeterRegistry registry;

  JournalMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows how many journals there are, the bytes of the store, and whether that takes pushes. */
  public void watch(LongSupplier journals, LongSupplier bytes, BooleanSupplier taking) {
    gauge("pushgate_journals", "Journals that hold something.", journals);
    gauge("pushgate_journals_bytes", "Bytes that the journals' store takes.", bytes);
    gauge(
        "pushgate_journals_available",
        "1 where the journals take pushes, 0 where they do not.",
        () -> taking.getAsBoolean() ? 1 : 0);
  }

  /** Counts the entries that were read back since their journal was not in mind. */
  public void watchLoads(LongSupplier entries) {
    FunctionCounter.builder(
            "pushgate_journals_entries_loaded_total", entries, LongSupplier::getAsLong)
        .description("Entries read back from the store as their journal was not in mind.")
        .register(registry);
  }

  private void gauge(String name, String help, LongSupplier value) {
    Gauge.builder(name, value::getAsLong).description(help).register(registry);
  }
}
