package io.pushgate.gateway.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What one session may do and how long it may be silent; {@code drain} is the time over which the
 * sessions are sent away when the gateway stops. Immutable.
 *
 * @param maxClientFrame bytes of the largest message a client may send
 * @param clientRate client frames a second, measured over ten seconds
 * @param maxConnectionAge how old a session gets, give or take a fifth; empty for no bound
 */
public record SessionConfig(
    Duration heartbeat,
    Duration drain,
    int maxSessionsPerUser,
    int maxClientFrame,
    int clientRate,
    Optional<Duration> maxConnectionAge) {
  private static final Duration MAX_AGE = Duration.ofDays(365);

  public SessionConfig {
    Check.duration("heartbeat", heartbeat, Duration.ofMillis(100), Duration.ofHours(1));
    Check.duration("drain", drain, Duration.ZERO, Duration.ofHours(1));
    Check.range("max-sessions-per-user", maxSessionsPerUser, 1, 10_000);
    // A token is renewed in one frame, and an empty control frame must always pass.
    Check.size("max-client-frame", maxClientFrame, 125, 1 << 20);
    Check.range("client-rate", clientRate, 1, 100_000);
    maxConnectionAge.ifPresent(
        age -> Check.duration("max-connection-age", age, Duration.ofSeconds(1), MAX_AGE));
  }
}
