package io.pushgate.gateway.ingress;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the time that a connection has, from its begin, to be let in; whoever speaks with the peer
 * then hears {@link IngressConnections.Signal#LATE}. <em>Event loop only.</em>
 */
final class HandshakeDeadline {
  private final Future<?> timer;

  private HandshakeDeadline(Future<?> timer) {
    this.timer = timer;
  }

  /** Starts with the connection and ends with it. */
  static HandshakeDeadline begin(Channel channel, IngressContext context) {
    Future<?> timer =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  context.metrics().limitHit("handshake-timeout");
                  channel.pipeline().fireUserEventTriggered(IngressConnections.Signal.LATE);
                },
                context.config().handshakeTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> timer.cancel(false));
    return new HandshakeDeadline(timer);
  }

  /** The peer is let in, or another deadline is his now. */
  void met() {
    timer.cancel(false);
  }
}
