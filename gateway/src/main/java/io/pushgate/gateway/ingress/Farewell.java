package io.pushgate.gateway.ingress;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection whose last answer was written: sends what is left, then closes. A peer
 * that may still be sending is first told that nothing follows, and what he sends is thrown away
 * for a moment, since a socket closed over unread bytes resets and takes the answers with it.
 * <em>Event loop only.</em>
 */
final class Farewell extends ChannelInboundHandlerAdapter {
  private final boolean peerEnded;
  private @Nullable Future<?> deadline;

  /**
   * @param peerEnded the peer sends no more, so nothing of his can stay unread
   */
  Farewell(boolean peerEnded) {
    this.peerEnded = peerEnded;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (peerEnded) {
      closeWhereNothingLeaves(ctx);
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    closeIn(ctx, IngressLimits.FAREWELL.toMillis());
    ctx.channel().config().setAutoRead(true);
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> linger(ctx));
  }

  /** He may take his time for what he is owed, as long as he takes some of it. */
  private void closeWhereNothingLeaves(ChannelHandlerContext ctx) {
    long before = Unsent.bytes(ctx.channel());
    deadline =
        ctx.executor()
            .schedule(
                () -> {
                  if (Unsent.bytes(ctx.channel()) < before) {
                    closeWhereNothingLeaves(ctx);
                  } else {
                    ctx.close();
                  }
                },
                IngressLimits.FAREWELL.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void linger(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof DuplexChannel channel && channel.isActive()) {
      closeIn(ctx, IngressLimits.LINGER.toMillis());
      SslHandler tls = ctx.pipeline().get(SslHandler.class);
      if (tls == null) {
        channel.shutdownOutput();
      } else {
        // Without it the peer could not tell an end that was meant from one that was forced on us.
        tls.closeOutbound().addListener(told -> channel.shutdownOutput());
      }
    } else {
      ctx.close();
    }
  }

  private void closeIn(ChannelHandlerContext ctx, long millis) {
    cancel();
    deadline = ctx.executor().schedule(() -> ctx.close(), millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (PeerEnd.is(event) && !peerEnded) {
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancel();
  }

  /** The peer is gone, as it is about to be anyway. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  private void cancel() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
