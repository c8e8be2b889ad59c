package io.pushgate.gateway.command;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.client.ClientFrame;
import io.pushgate.protocol.client.ClientFrames;
import io.pushgate.protocol.client.ServerFrame;
import io.pushgate.protocol.client.ServerFrames;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection of {@code listen}: its handshake, then its frames. Event loop only. */
final class ListenHandler extends SimpleChannelInboundHandler<Object> {
  private static final int GOODBYE_SECONDS = 2;

  private final Listener listener;
  private final WebSocketClientHandshaker handshaker;

  private @Nullable Integer closeCode;
  private String reason = "the connection was cut";

  /**
   * When the gateway has it back, as {@link System#nanoTime()} tells; null where it did not say.
   */
  private @Nullable Long slotNanos;

  private boolean told;
  private boolean finishing;

  ListenHandler(Listener listener, WebSocketClientHandshaker handshaker) {
    this.listener = listener;
    this.handshaker = handshaker;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (ctx.pipeline().get("tls") == null) {
      handshaker.handshake(ctx.channel());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent tls && tls.isSuccess()) {
      handshaker.handshake(ctx.channel());
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Object message) {
    if (message instanceof FullHttpResponse response) {
      answered(ctx, response);
    } else if (message instanceof TextWebSocketFrame text) {
      received(ctx, text.text());
    } else if (message instanceof PingWebSocketFrame ping) {
      ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
    } else if (message instanceof CloseWebSocketFrame close && !finishing) {
      closeCode = close.statusCode();
      reason = close.reasonText();
      ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
    } else if (message instanceof CloseWebSocketFrame) {
      ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (finishing) {
      listener.done();
    } else if (!told) {
      told = true;
      listener.lost(closeCode, reason, delayMillis());
    }
  }

  /** What is left of the wait that the gateway asked for; negative where it asked for none. */
  private long delayMillis() {
    return slotNanos == null
        ? -1
        : Math.max(0, TimeUnit.NANOSECONDS.toMillis(slotNanos - System.nanoTime()));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    reason =
        cause instanceof ReadTimeoutException
            ? "nothing was heard for too long"
            : String.valueOf(cause.getMessage());
    ctx.close();
  }

  private void answered(ChannelHandlerContext ctx, FullHttpResponse response) {
    if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      told = true;
      listener.refused(Refusal.of(response));
      ctx.close();
      return;
    }
    try {
      handshaker.finishHandshake(ctx.channel(), response);
    } catch (WebSocketHandshakeException wrong) {
      reason = String.valueOf(wrong.getMessage());
      ctx.close();
    }
  }

  private void received(ChannelHandlerContext ctx, String text) {
    if (finishing) {
      return;
    }
    if (listener.received(text)) {
      finish(ctx);
      return;
    }
    ServerFrame frame;
    try {
      frame = ServerFrames.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException noFrame) {
      reason = "a frame is not understood: " + noFrame.getMessage();
      ctx.close();
      return;
    }
    if (frame instanceof ServerFrame.Welcome welcome) {
      listener.welcomed(welcome.cursor());
      hearWithin(ctx, welcome.heartbeatSeconds());
    } else if (frame instanceof ServerFrame.Notification notification) {
      acknowledge(ctx, listener.advanced(notification.cursor()));
      if (listener.counted()) {
        finish(ctx);
      }
    } else if (frame instanceof ServerFrame.Recall recall) {
      acknowledge(ctx, listener.advanced(recall.cursor()));
    } else if (frame instanceof ServerFrame.Reconnect reconnect) {
      slotNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(reconnect.delayMillis());
    }
  }

  private void acknowledge(ChannelHandlerContext ctx, Position position) {
    if (listener.acknowledges()) {
      ByteBuf frame = ctx.alloc().buffer();
      ClientFrames.write(new ClientFrame.Ack(position), frame);
      ctx.writeAndFlush(new TextWebSocketFrame(frame));
    }
  }

  /** Says goodbye and waits for the answer, so that the last acknowledgement has arrived too. */
  private void finish(ChannelHandlerContext ctx) {
    finishing = true;
    ctx.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
    ctx.executor().schedule(() -> ctx.close(), GOODBYE_SECONDS, TimeUnit.SECONDS);
  }

  /** A silent gateway pings once a heartbeat, so two and a half without anything mean a cut. */
  private static void hearWithin(ChannelHandlerContext ctx, int heartbeatSeconds) {
    long millis = Math.max(1_000, heartbeatSeconds * 2_500L);
    ctx.pipeline()
        .replace("silence", "silence", new ReadTimeoutHandler(millis, TimeUnit.MILLISECONDS));
  }
}
