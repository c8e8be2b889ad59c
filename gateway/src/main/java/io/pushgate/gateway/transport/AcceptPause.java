package io.pushgate.gateway.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits a second where a connection could not be accepted, mostly since the process has no
 * descriptor left: to try again at once would be a busy loop, and who comes meanwhile waits in the
 * kernel. The handler of one listening socket; <em>event loop only</em>.
 */
final class AcceptPause extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(AcceptPause.class);
  private static final long PAUSE_SECONDS = 1;

  private final Runnable failed;
  private boolean failing;

  /**
   * @param failed told each time
   */
  AcceptPause(Runnable failed) {
    this.failed = failed;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object accepted) {
    failing = false;
    ctx.fireChannelRead(accepted);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      ctx.fireExceptionCaught(cause);
      return;
    }
    failed.run();
    if (!failing) {
      failing = true;
      log.warn("{} cannot accept a connection: {}", ctx.channel().localAddress(), cause.toString());
    }
    ctx.channel().config().setAutoRead(false);
    ctx.executor()
        .schedule(() -> ctx.channel().config().setAutoRead(true), PAUSE_SECONDS, TimeUnit.SECONDS);
  }
}
