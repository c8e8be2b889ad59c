package io.pushgate.gateway.config;

import java.time.Duration;

/**
 * The public port: who may connect, how many, and how long a handshake may take. Immutable.
 *
 * @param maxConnectionsPerAddress 0 for no bound
 * @param open any name is let in from anywhere, not only from loopback
 * @param echo serves a WebSocket that echoes, to whoever asks
 */
public record PublicConfig(
    Duration handshakeTimeout,
    int maxConnections,
    int maxConnectionsPerAddress,
    AllowedOrigins allowedOrigins,
    TrustedProxies trustedProxies,
    boolean open,
    TokenConfig tokens,
    boolean echo) {
  public PublicConfig {
    IngressConfig.checkHandshakeTimeout(handshakeTimeout);
    Check.range("max-connections", maxConnections, 1, 100_000_000);
    if (open && tokens.keys().isPresent()) {
      throw new InvalidOptionException(
          "open", "true", "false, since --token-keys says who is let in");
    }
    Check.range("max-connections-per-address", maxConnectionsPerAddress, 0, 100_000_000);
  }
}
