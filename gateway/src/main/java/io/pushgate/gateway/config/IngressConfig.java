package io.pushgate.gateway.config;

import java.time.Duration;

/**
 * The publishers' port. Immutable.
 *
 * @param maxPayload bytes of one notification's data
 */
public record IngressConfig(int maxPayload, Duration handshakeTimeout) {
  /** What one notification's data may be at most, whatever the journals hold. */
  static final int PAYLOAD_CEILING = 1_000_000;

  public IngressConfig {
    Check.size("max-payload", maxPayload, 1, PAYLOAD_CEILING);
    checkHandshakeTimeout(handshakeTimeout);
  }

  static void checkHandshakeTimeout(Duration timeout) {
    Check.duration("handshake-timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(10));
  }
}
