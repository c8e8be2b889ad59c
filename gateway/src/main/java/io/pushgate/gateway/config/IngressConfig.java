package io.pushgate.gateway.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The publishers' port. Immutable.
 *
 * @param maxPayload bytes of one notification's data
 * @param handshakeTimeout within which a connection has to be let in
 * @param secrets empty where none is asked for
 */
public record IngressConfig(
    int maxPayload, Duration handshakeTimeout, Optional<PublisherSecrets> secrets) {
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
