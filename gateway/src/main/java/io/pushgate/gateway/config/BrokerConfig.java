package io.pushgate.gateway.config;

import java.time.Duration;

/** The broker, its journals, and how long and how many push ids are remembered. Immutable. */
public record BrokerConfig(
    BrokerKind kind, JournalConfig journal, Duration dedupeAge, int dedupeCount) {
  public BrokerConfig {
    Check.duration("dedupe-age", dedupeAge, Duration.ofSeconds(1), Duration.ofDays(365));
    Check.range("dedupe-count", dedupeCount, 1, 1_000_000_000);
  }
}
