package io.pushgate.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.util.NetUtil;
import io.pushgate.gateway.command.StartException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The listening sockets, in the order in which they were bound. <em>Starting thread only.</em> */
final class Ports implements AutoCloseable {
  private final List<Channel> bound = new ArrayList<>();

  /**
   * Binds one and answers where, which differs from what was asked for where that was port 0.
   *
   * @throws StartException names the port and its address
   */
  InetSocketAddress bind(
      String name,
      InetSocketAddress address,
      ServerBootstrap server,
      ChannelInitializer<Channel> pipeline)
      throws StartException {
    ChannelFuture binding = server.childHandler(pipeline).bind(address).awaitUninterruptibly();
    if (!binding.isSuccess()) {
      String where = name + " port " + NetUtil.toSocketAddressString(address);
      String reason =
          binding.cause() instanceof BindException
              ? "is in use or not of this machine"
              : "could not be bound";
      throw new StartException(
          where + " " + reason + ": " + binding.cause().getMessage(), binding.cause());
    }
    bound.add(binding.channel());
    return (InetSocketAddress) binding.channel().localAddress();
  }

  /** Accepts nobody any more; connections that are open stay. */
  @Override
  public void close() {
    bound.forEach(channel -> channel.close().awaitUninterruptibly());
  }
}
