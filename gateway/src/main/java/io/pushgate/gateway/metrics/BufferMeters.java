package io.pushgate.gateway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufAllocatorMetric;
import java.util.function.LongSupplier;

/** The meters of the memory for buffers. Any thread. */
record BufferMeters(MeterRegistry registry) {

  void watch(ByteBufAllocatorMetric allocator) {
    watch("direct", allocator::usedDirectMemory);
    watch("heap", allocator::usedHeapMemory);
  }

  private void watch(String memory, LongSupplier used) {
    Gauge.builder("pushgate_buffer_memory_bytes", used::getAsLong)
        .description("Memory that the buffer allocator holds.")
        .tag("memory", memory)
        .register(registry);
  }
}
