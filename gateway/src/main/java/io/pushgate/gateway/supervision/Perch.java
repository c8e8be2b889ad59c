package io.pushgate.gateway.supervision;

import io.netty.channel.EventLoop;
import io.pushgate.gateway.broker.Start;
import io.pushgate.gateway.routing.NodeRouter;
import io.pushgate.gateway.session.Ending;
import io.pushgate.gateway.session.Lease;
import io.pushgate.gateway.session.SessionRequest;
import io.pushgate.protocol.UserId;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The canary's session on one event loop. <em>Event loop only.</em> */
final class Perch {
  private final EventLoop loop;
  private final UserId user;
  private final NodeRouter router;
  private final LongConsumer seen;
  private @Nullable CompletableFuture<Void> open;

  /**
   * @param seen told the number of each canary that the session writes
   */
  Perch(EventLoop loop, UserId user, NodeRouter router, LongConsumer seen) {
    this.loop = loop;
    this.user = user;
    this.router = router;
    this.seen = seen;
  }

  /** <em>Any thread.</em> */
  EventLoop loop() {
    return loop;
  }

  /** Opens the session, where that has not been done or has failed. */
  CompletableFuture<Void> open() {
    assert loop.inEventLoop();
    CompletableFuture<Void> before = open;
    if (before != null && !before.isCompletedExceptionally()) {
      return before;
    }
    // As an event stream: nobody is there to answer a WebSocket's pings.
    SessionRequest request =
        new SessionRequest(
            user,
            new Start.End(),
            0,
            SessionRequest.Format.SSE,
            InetAddress.getLoopbackAddress(),
            Ending.UNHEARD,
            Lease.ENDLESS);
    CompletableFuture<Void> now =
        router.attachUnseen(new CanaryWire(loop, seen), request).toCompletableFuture();
    open = now;
    return now;
  }
}
