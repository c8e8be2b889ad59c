package io.pushgate.gateway.ingress;

import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a connection on which something failed. <em>Any thread.</em> */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** A peer that goes away is nothing to report; a fault of this program is. */
  static void close(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      log.debug("publisher {} went away: {}", ctx.channel().remoteAddress(), cause.getMessage());
    } else {
      log.error("publisher {}: connection closed", ctx.channel().remoteAddress(), cause);
    }
    ctx.close();
  }
}
