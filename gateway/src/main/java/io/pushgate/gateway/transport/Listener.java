package io.pushgate.gateway.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;

/** One listening socket, whatever its pipeline. <em>Any thread</em> but an event loop. */
public final class Listener implements AutoCloseable {
  private final Channel channel;

  private Listener(Channel channel) {
    this.channel = channel;
  }

  /** Waits until it is bound, or is known not to be. Who comes waits in the kernel at first. */
  static Listener bind(
      ServerBootstrap server, InetSocketAddress address, ChannelInitializer<Channel> pipeline)
      throws IOException {
    ChannelFuture binding =
        server
            .option(ChannelOption.AUTO_READ, false)
            .childHandler(pipeline)
            .bind(address)
            .awaitUninterruptibly();
    if (binding.isSuccess()) {
      return new Listener(binding.channel());
    }
    throw binding.cause() instanceof IOException cause ? cause : new IOException(binding.cause());
  }

  /** Where it was bound, which differs from what was asked for where that was port 0. */
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Lets in who comes, and who came since it was bound. */
  public void accept() {
    channel.config().setAutoRead(true);
  }

  /** Accepts nobody any more; connections that are open stay. */
  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
  }
}
