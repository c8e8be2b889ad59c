package io.pushgate.gateway.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whom an address is counted with: an IPv4 address is itself, an IPv6 address is its /64, of which
 * one host has as many as it likes. The key of every table that strangers fill. Immutable.
 */
public final class Network {
  private static final int SUBNET_BYTES = 8;

  private final byte[] prefix;

  private Network(byte[] prefix) {
    this.prefix = prefix;
  }

  /** The network that an address belongs to. */
  public static Network of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return new Network(
        address instanceof Inet6Address ? Arrays.copyOf(bytes, SUBNET_BYTES) : bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Network network && Arrays.equals(prefix, network.prefix);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(prefix);
  }
}
