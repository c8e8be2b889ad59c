package io.pushgate.gateway.ingress.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * The server's side of TLS on one connection. What a peer sends behind his close_notify is thrown
 * away, since the engine would take no more of it; and he may not negotiate anew, which TLS 1.3 has
 * given up and which costs a server far more than him. <em>Event loop only.</em>
 */
final class TlsHandler extends SslHandler {
  private static final long CLOSE_NOTIFY_MILLIS = 2_000;
  private static final int HANDSHAKE_RECORD = 22;

  TlsHandler(SSLEngine engine) {
    super(engine);
    setHandshakeTimeoutMillis(0); // The connection's own deadline goes on.
    setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (sslCloseFuture().isDone()) {
      ReferenceCountUtil.release(message);
    } else {
      super.channelRead(ctx, message);
    }
  }

  /** Nothing more is decrypted then, so nothing has to be read on the handler's own account. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (sslCloseFuture().isDone()) {
      ctx.fireChannelReadComplete();
    } else {
      super.channelReadComplete(ctx);
    }
  }

  /** Looks at each record's begin; behind the handshake none of TLS 1.3 shows this type. */
  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws SSLException {
    if (handshakeFuture().isSuccess()
        && in.isReadable()
        && in.getUnsignedByte(in.readerIndex()) == HANDSHAKE_RECORD) {
      in.skipBytes(in.readableBytes());
      throw new SSLException("the peer negotiates anew");
    }
    super.decode(ctx, in, out);
  }
}
