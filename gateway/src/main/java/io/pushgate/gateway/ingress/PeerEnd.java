package io.pushgate.gateway.ingress;

import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;

/** How a pipeline tells that the peer sends no more. <em>Any thread.</em> */
final class PeerEnd {
  private PeerEnd() {}

  /** Whether an event says so: the end of the stream, or close_notify (RFC 8446, section 6.1). */
  static boolean is(Object event) {
    return event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent;
  }
}
