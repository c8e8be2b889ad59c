package io.pushgate.gateway.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** The meters of tokens and of the keys that they are checked with. Any thread. */
public final class TokenMeters {
  private final LabelledCounter rejected;
  private final LongAdder unreadable = new LongAdder();

  TokenMeters(MeterRegistry registry) {
    rejected =
        new LabelledCounter(
            registry, "pushgate_tokens_rejected_total", "Tokens that were not believed.", "reason");
    FunctionCounter.builder("pushgate_token_keys_unreadable_total", unreadable, LongAdder::sum)
        .description("Times that the file of token keys could not be read again.")
        .register(registry);
  }

  /** A token was not believed. */
  public void rejected(String reason) {
    rejected.increment(reason);
  }

  /** The keys' file cannot be read, so the old keys stay. */
  public void keysUnreadable() {
    unreadable.increment();
  }
}
