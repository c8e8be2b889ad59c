package io.pushgate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The last handler of a channel that is about to be shed: keeps what the client sent behind its
 * handshake, and reads no more, until somebody takes it. <em>Event loop only.</em>
 */
final class EarlyBytes extends ChannelInboundHandlerAdapter {
  private final Channel channel;
  private final Consumer<ByteBuf> receiver;
  private final Runnable lost;
  private final Queue<ByteBuf> kept = new ArrayDeque<>(1);
  private boolean delivering;

  private EarlyBytes(Channel channel, Consumer<ByteBuf> receiver, Runnable lost) {
    this.channel = channel;
    this.receiver = receiver;
    this.lost = lost;
  }

  /**
   * @param receiver reads each buffer before it returns
   * @param lost told when the channel closes while it is still one
   */
  static EarlyBytes of(Channel channel, Consumer<ByteBuf> receiver, Runnable lost) {
    EarlyBytes early = new EarlyBytes(channel, receiver, lost);
    channel.pipeline().addLast(early);
    return early;
  }

  Channel channel() {
    return channel;
  }

  /** Delivers what was kept, and from now on what still comes. */
  void deliver() {
    delivering = true;
    for (ByteBuf bytes = kept.poll(); bytes != null; bytes = kept.poll()) {
      give(bytes);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (delivering) {
      give(bytes);
    } else {
      kept.add(bytes);
      channel.config().setAutoRead(false);
    }
  }

  private void give(ByteBuf bytes) {
    try {
      receiver.accept(bytes);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    kept.forEach(ByteBuf::release);
    kept.clear();
    lost.run();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
