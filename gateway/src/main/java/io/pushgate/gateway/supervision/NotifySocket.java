package io.pushgate.gateway.supervision;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to where systemd listens: datagrams of assignments (sd_notify(3)). Any thread. */
final class NotifySocket {
  private static final Logger log = LoggerFactory.getLogger(NotifySocket.class);

  /** Has the kernel choose an abstract name (unix(7), autobind), which nobody needs to know. */
  private static final DomainSocketAddress UNNAMED = new DomainSocketAddress("");

  private final DomainSocketAddress listener;
  private final ChannelFuture bound;

  /** Not connected, so that a listener that begins anew is found again. */
  NotifySocket(EventLoop loop, DomainSocketAddress listener) {
    this.listener = listener;
    this.bound =
        new Bootstrap()
            .group(loop)
            .channel(EpollDomainDatagramChannel.class)
            .handler(new ChannelHandlerAdapter() {})
            .bind(UNNAMED);
  }

  /** Tells these assignments together. What can't be told is a warning and no more. */
  void tell(String... assignments) {
    // Before it is bound a channel takes nothing.
    bound.addListener(open -> write(bound.channel(), assignments));
  }

  private void write(Channel channel, String... assignments) {
    ByteBuf text = ByteBufUtil.writeUtf8(channel.alloc(), String.join("\n", assignments));
    channel
        .writeAndFlush(new DomainDatagramPacket(text, listener))
        .addListener(
            told -> {
              if (!told.isSuccess()) {
                log.warn("systemd was not told {}", assignments[0], told.cause());
              }
            });
  }
}
