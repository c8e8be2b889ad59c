package io.pushgate.gateway.client;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Writes one answer after another, and after the last one ends the connection so that the answer
 * arrives. Event loop only, one for each connection.
 */
final class Responder {
  /**
   * How long what still comes is read and thrown away: a close with unread bytes in the kernel is a
   * reset, which may overtake the answer.
   */
  private static final long LINGER_MILLIS = 1000;

  private final RequestReader reader;

  Responder(RequestReader reader) {
    this.reader = reader;
  }

  /** Answers, then reads the next request once the answer has left. */
  void answer(ChannelHandlerContext ctx, FullHttpResponse answer) {
    ChannelFuture written = ctx.writeAndFlush(answer);
    if (written.isSuccess()) {
      reader.next(ctx);
      return;
    }
    // Who does not read his answers sends no further requests, and what he sends fills no memory.
    ctx.channel().config().setAutoRead(false);
    written.addListener(
        done -> {
          if (done.isSuccess()) {
            ctx.channel().config().setAutoRead(true);
            reader.next(ctx);
          } else {
            ctx.close();
          }
        });
  }

  /** Answers for the last time: what came behind the request is never read as one. */
  void answerAndClose(ChannelHandlerContext ctx, FullHttpResponse answer) {
    reader.stop();
    boolean namesUpgrade = answer.headers().contains(HttpHeaderNames.UPGRADE);
    answer
        .headers()
        .set(
            HttpHeaderNames.CONNECTION,
            namesUpgrade ? "upgrade, close" : HttpHeaderValues.CLOSE.toString());
    ctx.channel().config().setAutoRead(true);
    Future<?> linger =
        ctx.executor().schedule(() -> ctx.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    // Thousands a second that are gone at once would each stay in memory until then.
    ctx.channel().closeFuture().addListener(closed -> linger.cancel(false));
    ctx.writeAndFlush(answer)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                ((DuplexChannel) ctx.channel()).shutdownOutput();
              } else {
                ctx.close();
              }
            });
  }
}
