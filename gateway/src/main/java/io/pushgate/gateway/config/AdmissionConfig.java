package io.pushgate.gateway.config;

/**
 * How much of everything the gateway takes on. Immutable.
 *
 * @param maxConnectionsPerAddress 0 for no bound
 * @param maxHandshakes connections whose first request is not answered yet
 * @param handshakeRate requests that open sessions, a second
 * @param maxBuffered bytes in network buffers
 * @param maxPublishers connections of the ingress port
 * @param maxInFlight bytes of publishers' requests that were read and are not answered
 */
public record AdmissionConfig(
    int maxConnections,
    int maxConnectionsPerAddress,
    int maxHandshakes,
    int handshakeRate,
    long maxBuffered,
    int maxPublishers,
    long maxInFlight) {
  /** A loop's own buffers alone take half of one. */
  private static final long LEAST_BUFFERED = 8 << 20;

  /** One request of the largest size has to fit. */
  static final long LEAST_IN_FLIGHT = 2 << 20;

  public AdmissionConfig {
    Check.range("max-connections", maxConnections, 1, 100_000_000);
    Check.range("max-connections-per-address", maxConnectionsPerAddress, 0, 100_000_000);
    Check.range("max-handshakes", maxHandshakes, 1, 100_000_000);
    Check.range("handshake-rate", handshakeRate, 1, 1_000_000);
    Check.size("max-buffered", maxBuffered, LEAST_BUFFERED, 1L << 50);
    Check.range("max-publishers", maxPublishers, 1, 100_000_000);
    Check.size("max-in-flight", maxInFlight, LEAST_IN_FLIGHT, 1L << 50);
  }
}
