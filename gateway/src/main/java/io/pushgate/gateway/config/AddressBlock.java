package io.pushgate.gateway.config;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses in CIDR notation (RFC 4632, RFC 4291). An IPv4 address written inside IPv6
 * ({@code ::ffff:10.0.0.1}) is the IPv4 address, both in a block and in what is looked up.
 * Immutable.
 */
final class AddressBlock {
  private final byte[] network;
  private final int prefix;

  private AddressBlock(byte[] network, int prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  /** Reads {@code ADDRESS/BITS} or an address alone; bits behind the prefix must be zero. */
  static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] written = bytesOf(address);
    int width = written.length * 8;
    int bits = slash < 0 ? width : bits(text.substring(slash + 1), width);
    byte[] network = unmapped(written);
    int prefix = bits - (width - network.length * 8);
    if (prefix < 0 || !zeroBehind(network, prefix)) {
      throw new IllegalArgumentException();
    }
    return new AddressBlock(network, prefix);
  }

  boolean contains(InetAddress address) {
    byte[] bytes = unmapped(address.getAddress());
    if (bytes.length != network.length) {
      return false;
    }
    int whole = prefix / 8;
    if (!Arrays.equals(bytes, 0, whole, network, 0, whole)) {
      return false;
    }
    int rest = prefix % 8;
    return rest == 0 || (bytes[whole] & mask(rest)) == network[whole];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AddressBlock block
        && prefix == block.prefix
        && Arrays.equals(network, block.network);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(network) * 31 + prefix;
  }

  @Override
  public String toString() {
    return NetUtil.bytesToIpAddress(network) + "/" + prefix;
  }

  private static byte[] bytesOf(String address) {
    byte[] bytes =
        address.indexOf('%') < 0 && address.indexOf('[') < 0
            ? NetUtil.createByteArrayFromIpAddressString(address)
            : null;
    if (bytes == null) {
      throw new IllegalArgumentException();
    }
    return bytes;
  }

  private static int bits(String text, int width) {
    if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > width) {
      throw new IllegalArgumentException();
    }
    return Integer.parseInt(text);
  }

  private static byte[] unmapped(byte[] bytes) {
    if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
      return bytes;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return bytes;
      }
    }
    return Arrays.copyOfRange(bytes, 12, 16);
  }

  private static boolean zeroBehind(byte[] network, int prefix) {
    for (int bit = prefix; bit < network.length * 8; bit++) {
      if ((network[bit / 8] & (0x80 >>> (bit % 8))) != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte mask(int bits) {
    return (byte) (0xFF << (8 - bits));
  }
}
