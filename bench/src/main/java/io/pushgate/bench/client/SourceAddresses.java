package io.pushgate.bench.client;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Spreads loopback connections over 127.0.0.1, 127.0.0.2 and so on: an address has about 28,000
 * ephemeral ports towards one server, those of connections closed a minute ago included. Immutable.
 */
final class SourceAddresses {
  /** Linux: the port is chosen on connect, when the whole four-tuple is known. */
  private static final int IP_BIND_ADDRESS_NO_PORT = 24;

  private static final int IPPROTO_IP = 0;

  private final SocketAddress[] addresses;

  SourceAddresses(Target target, int count) {
    addresses = new SocketAddress[target.isLoopback() ? count : 0];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = new InetSocketAddress(loopback(i + 1), 0);
    }
  }

  /** Null where the kernel is to choose. */
  @Nullable SocketAddress of(int session) {
    return addresses.length == 0 ? null : addresses[session % addresses.length];
  }

  static void bind(Socket socket, SocketAddress source) throws IOException {
    socket.setIntOpt(IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    socket.bind(source);
  }

  private static InetAddress loopback(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
