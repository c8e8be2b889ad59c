package io.pushgate.gateway.config;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The proxies whose forwarded headers are believed, as blocks of addresses. Immutable. */
public final class TrustedProxies {
  private final List<AddressBlock> blocks;

  private TrustedProxies(List<AddressBlock> blocks) {
    this.blocks = blocks;
  }

  /**
   * Reads a comma-separated list of addresses and CIDR blocks; empty trusts nobody.
   *
   * @throws IllegalArgumentException without a message, where an entry is none
   */
  public static TrustedProxies parse(String text) {
    return new TrustedProxies(ListText.split(text).stream().map(AddressBlock::parse).toList());
  }

  /** Whether this peer is one of them. */
  public boolean contains(InetAddress address) {
    for (AddressBlock block : blocks) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TrustedProxies proxies && blocks.equals(proxies.blocks);
  }

  @Override
  public int hashCode() {
    return blocks.hashCode();
  }

  @Override
  public String toString() {
    return blocks.stream().map(AddressBlock::toString).collect(Collectors.joining(","));
  }
}
