package io.pushgate.gateway.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The publishers' port. Immutable.
 *
 * @param maxPayload bytes of one notification's data
 * @param handshakeTimeout within which a connection has to be let in
 * @param secrets empty where none is asked for
 * @param tls empty where it is not spoken
 */
public record IngressConfig(
    int maxPayload,
    Duration handshakeTimeout,
    Optional<PublisherSecrets> secrets,
    Optional<IngressTlsConfig> tls) {
  /** What one notification's data may be at most, whatever the journals hold. */
  static final int PAYLOAD_CEILING = 1_000_000;

  public IngressConfig {
    Check.size("max-payload", maxPayload, 1, PAYLOAD_CEILING);
    checkHandshakeTimeout(handshakeTimeout);
  }

  /** Whether a client has to show a certificate. */
  public boolean asksForCertificate() {
    return tls.isPresent() && tls.get().clientCa().isPresent();
  }

  /** Whether not everybody who reaches the port may use it. */
  public boolean isProtected() {
    return secrets.isPresent() || asksForCertificate();
  }

  static void checkHandshakeTimeout(Duration timeout) {
    Check.duration("handshake-timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(10));
  }
}
