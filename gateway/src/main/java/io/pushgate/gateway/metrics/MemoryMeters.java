package io.pushgate.gateway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufAllocatorMetric;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** The meters of what is held in memory. Any thread. */
public final class MemoryMeters {
  private final MeterRegistry registry;

  MemoryMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows what an allocator has taken from the system for buffers. */
  public void watchAllocator(ByteBufAllocatorMetric allocator) {
    watch("direct", allocator::usedDirectMemory);
    watch("heap", allocator::usedHeapMemory);
  }

  /** Shows how many bytes of buffers are in use. */
  public void watchBuffered(LongSupplier bytes) {
    gauge("pushgate_buffered_bytes", "Bytes of network buffers in use.", bytes);
  }

  /** Shows how many bytes of publishers' requests were read and are not answered. */
  public void watchInFlight(LongSupplier bytes) {
    gauge("pushgate_in_flight_bytes", "Bytes of publishers' requests under way.", bytes);
  }

  /** Shows how many entries a table has whose keys strangers choose. */
  public void watchTable(String table, IntSupplier size) {
    Gauge.builder("pushgate_table_entries", size::getAsInt)
        .description("Entries of a table whose keys strangers choose.")
        .tag("table", table)
        .register(registry);
  }

  private void watch(String memory, LongSupplier used) {
    Gauge.builder("pushgate_buffer_memory_bytes", used::getAsLong)
        .description("Memory that the buffer allocator holds.")
        .tag("memory", memory)
        .register(registry);
  }

  private void gauge(String name, String help, LongSupplier value) {
    Gauge.builder(name, value::getAsLong).description(help).register(registry);
  }
}
