package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.pushgate.gateway.ingress.IngressConnections.Signal;
import io.pushgate.gateway.metrics.Port;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by a connection's first byte what it speaks for its life, makes room for that, and is
 * gone. A connection that says nothing is closed in time. <em>Event loop only.</em>
 */
final class Sniffer extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(Sniffer.class);
  private static final int TLS_HANDSHAKE = 0x16;

  private final IngressInitializer forms;
  private final IngressContext context;
  private final HandshakeDeadline deadline;

  Sniffer(IngressInitializer forms, IngressContext context, HandshakeDeadline deadline) {
    this.forms = forms;
    this.context = context;
    this.deadline = deadline;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    int first = bytes.getUnsignedByte(bytes.readerIndex());
    if (first == TLS_HANDSHAKE && forms.speaksTls() && !isSecure(ctx)) {
      forms.speakTls(ctx.pipeline()).fireChannelRead(bytes);
      return;
    }
    if (first == '{') {
      forms.speakLines(ctx.pipeline(), deadline);
    } else if (first == 0) {
      forms.speakFrames(ctx.pipeline(), deadline);
    } else if (first >= 'A' && first <= 'Z') {
      forms.speakHttp(ctx.pipeline(), deadline);
    } else {
      bytes.release();
      refuse(ctx, first);
      return;
    }
    ctx.pipeline().remove(this);
    ctx.fireChannelRead(bytes);
  }

  private static boolean isSecure(ChannelHandlerContext ctx) {
    return ctx.pipeline().get("tls") != null;
  }

  private void refuse(ChannelHandlerContext ctx, int first) {
    String unwanted = isSecure(ctx) ? "TLS within TLS" : "TLS is not configured";
    String reason = first == TLS_HANDSHAKE ? unwanted : "no known form begins so";
    log.debug(
        "publisher {}: first byte 0x{}: {}",
        ctx.channel().remoteAddress(),
        Integer.toHexString(first),
        reason);
    context.metrics().publisherSpeaks(first == TLS_HANDSHAKE ? "tls" : "unknown");
    context.metrics().malformedFrame(Port.INGRESS);
    ctx.close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Signal.LATE) {
      log.debug("publisher {}: no byte in time", ctx.channel().remoteAddress());
      ctx.close();
    } else if (PeerEnd.is(event) || event == Signal.DRAIN) {
      ctx.close();
    } else if (event instanceof SslHandshakeCompletionEvent handshake) {
      context.metrics().ingress().handshake(handshake.isSuccess());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Failures.close(ctx, cause);
  }
}
