package io.pushgate.gateway.config;

import java.time.Duration;

/**
 * The bounds of one journal, past which its oldest notifications go, and of all of them together,
 * past which pushes are refused. Immutable.
 */
public record JournalConfig(int count, long bytes, Duration age, long memory) {
  public JournalConfig {
    Check.range("journal-count", count, 1, 10_000_000);
    Check.size("journal-bytes", bytes, 1, 1L << 40);
    Check.duration("journal-age", age, Duration.ofSeconds(1), Duration.ofDays(3_650));
    Check.size("journal-memory", memory, 1 << 20, 1L << 50);
  }
}
