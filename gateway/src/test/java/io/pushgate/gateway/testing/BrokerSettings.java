package io.pushgate.gateway.testing;

import io.pushgate.gateway.config.BrokerConfig;
import io.pushgate.gateway.config.BrokerKind;
import io.pushgate.gateway.config.DiskConfig;
import io.pushgate.gateway.config.JournalConfig;
import io.pushgate.gateway.config.JournalSync;
import java.nio.file.Path;
import java.time.Duration;

/** The bounds of a broker, the product's defaults but for what a test is about. Immutable. */
public record BrokerSettings(
    int count,
    long bytes,
    Duration age,
    long memory,
    int receiptCount,
    Duration dedupeAge,
    int dedupeCount) {

  public static final BrokerSettings DEFAULTS =
      new BrokerSettings(
          1000,
          1 << 20,
          Duration.ofDays(7),
          1 << 30,
          1_000_000,
          Duration.ofMinutes(10),
          10_000_000);

  public BrokerSettings journalCount(int entries) {
    return new BrokerSettings(entries, bytes, age, memory, receiptCount, dedupeAge, dedupeCount);
  }

  public BrokerSettings journalBytes(long size) {
    return new BrokerSettings(count, size, age, memory, receiptCount, dedupeAge, dedupeCount);
  }

  public BrokerSettings journalMemory(long size) {
    return new BrokerSettings(count, bytes, age, size, receiptCount, dedupeAge, dedupeCount);
  }

  public BrokerSettings receiptCount(int receipts) {
    return new BrokerSettings(count, bytes, age, memory, receipts, dedupeAge, dedupeCount);
  }

  public BrokerSettings dedupeCount(int ids) {
    return new BrokerSettings(count, bytes, age, memory, receiptCount, dedupeAge, ids);
  }

  BrokerConfig memoryConfig() {
    return new BrokerConfig(
        BrokerKind.MEMORY,
        new JournalConfig(count, bytes, age, memory),
        dedupeAge,
        dedupeCount,
        receiptCount,
        new DiskConfig(Path.of("data"), JournalSync.INTERVAL, 1L << 30));
  }
}
