package io.pushgate.gateway.ingress;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a connection on which something failed. <em>Any thread.</em> */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** A peer that goes away is nothing to report; a fault of this program is. */
  static void close(ChannelHandlerContext ctx, Throwable cause) {
    // Netty wraps what its decoders throw, as the one of TLS does for what is no TLS.
    Throwable peers = cause instanceof DecoderException ? cause.getCause() : cause;
    if (peers instanceof IOException) {
      log.debug("publisher {} went away: {}", ctx.channel().remoteAddress(), peers.getMessage());
    } else {
      log.error("publisher {}: connection closed", ctx.channel().remoteAddress(), cause);
    }
    ctx.close();
  }
}
