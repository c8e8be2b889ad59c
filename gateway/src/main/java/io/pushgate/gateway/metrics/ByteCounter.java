package io.pushgate.gateway.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Counts what crosses the sockets of one port, whatever its form. <em>Any thread.</em> */
@Sharable
public final class ByteCounter extends ChannelDuplexHandler {
  private final Metrics metrics;
  private final Port port;

  /** One for all connections of a port; it stands next to the socket. */
  public ByteCounter(Metrics metrics, Port port) {
    this.metrics = metrics;
    this.port = port;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    metrics.received(port, ((ByteBuf) message).readableBytes());
    ctx.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      metrics.sent(port, bytes.readableBytes());
    }
    ctx.write(message, promise);
  }
}
