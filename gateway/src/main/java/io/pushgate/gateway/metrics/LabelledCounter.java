package io.pushgate.gateway.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * A counter with one label. Known values are shown from the start as zero; further ones are added
 * when first met, up to a bound, past which they count as {@code other}. Any thread.
 */
final class LabelledCounter {
  private static final int MAX_VALUES = 64;

  private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final MeterRegistry registry;
  private final String name;
  private final String help;
  private final String label;

  LabelledCounter(MeterRegistry registry, String name, String help, String label) {
    this.registry = registry;
    this.name = name;
    this.help = help;
    this.label = label;
  }

  /** The count of one value, to be kept where it is met often. */
  LongAdder of(String value) {
    LongAdder known = counts.get(value);
    if (known != null) {
      return known;
    }
    String shown = counts.size() < MAX_VALUES ? value : "other";
    return counts.computeIfAbsent(shown, this::register);
  }

  void increment(String value) {
    of(value).increment();
  }

  private LongAdder register(String value) {
    LongAdder count = new LongAdder();
    FunctionCounter.builder(name, count, LongAdder::sum)
        .description(help)
        .tag(label, value)
        .register(registry);
    return count;
  }
}
