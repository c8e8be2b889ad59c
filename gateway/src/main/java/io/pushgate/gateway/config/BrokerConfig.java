package io.pushgate.gateway.config;

import java.time.Duration;

/**
 * The broker, its journals, how long and how many push ids and how many receipts are remembered,
 * and where. Immutable.
 */
public record BrokerConfig(
    BrokerKind kind,
    JournalConfig journal,
    Duration dedupeAge,
    int dedupeCount,
    int receiptCount,
    DiskConfig disk) {
  public BrokerConfig {
    Check.duration("dedupe-age", dedupeAge, Duration.ofSeconds(1), Duration.ofDays(365));
    Check.range("dedupe-count", dedupeCount, 1, 1_000_000_000);
    Check.range("receipt-count", receiptCount, 1, 1_000_000_000);
  }
}
