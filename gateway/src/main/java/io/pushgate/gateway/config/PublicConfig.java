package io.pushgate.gateway.config;

import java.time.Duration;

/**
 * The public port: who may connect, how many, and how long a handshake may take. Immutable.
 *
 * @param open any name is let in from anywhere, not only from loopback
 * @param echo serves a WebSocket that echoes, to whoever asks
 */
public record PublicConfig(
    Duration handshakeTimeout,
    AdmissionConfig admission,
    AllowedOrigins allowedOrigins,
    TrustedProxies trustedProxies,
    boolean open,
    TokenConfig tokens,
    boolean echo) {
  public PublicConfig {
    IngressConfig.checkHandshakeTimeout(handshakeTimeout);
    if (open && tokens.keys().isPresent()) {
      throw new InvalidOptionException(
          "open", "true", "false, since --token-keys says who is let in");
    }
  }
}
