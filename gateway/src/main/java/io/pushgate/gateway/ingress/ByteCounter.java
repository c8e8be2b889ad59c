package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.metrics.Port;

/** Counts what crosses the sockets of the port, whatever its form. <em>Any thread.</em> */
@Sharable
final class ByteCounter extends ChannelDuplexHandler {
  private final Metrics metrics;

  ByteCounter(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    metrics.received(Port.INGRESS, ((ByteBuf) message).readableBytes());
    ctx.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      metrics.sent(Port.INGRESS, bytes.readableBytes());
    }
    ctx.write(message, promise);
  }
}
