package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.IngressConfig;
import io.pushgate.gateway.fuzz.Agreement;
import io.pushgate.gateway.fuzz.Buffers;
import io.pushgate.gateway.fuzz.Pieces;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.protocol.ingress.IngressRequest.Push;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What one connection to the publishers' port leads to.
 *
 * @param pushes those that reached the router
 * @param asked what the router was asked, in its order
 * @param answers all bytes that went back, each as one character
 */
record PortRun(List<Push> pushes, List<String> asked, String answers) {

  /** Bytes of data at most: few, so that the bound is reached. */
  static final int MAX_PAYLOAD = 64;

  private static final IngressConfig CONFIG =
      GatewayConfig.of("max-payload=" + MAX_PAYLOAD).ingress();
  private static final Metrics METRICS = new Metrics();

  /** Lets the pieces arrive one by one, then ends the connection; every buffer must come back. */
  static PortRun of(List<byte[]> pieces) {
    return Buffers.allBack(allocator -> run(pieces, allocator));
  }

  private static PortRun run(List<byte[]> pieces, ByteBufAllocator allocator) {
    try (FakeRouter router = new FakeRouter(FakeRouter.Mode.AT_ONCE)) {
      EmbeddedChannel channel = new EmbeddedChannel();
      channel.config().setAllocator(allocator);
      channel
          .pipeline()
          .addLast(
              new IngressInitializer(
                  router, CONFIG, Optional.empty(), METRICS, IngressServer.room()));
      for (byte[] piece : pieces) {
        // The port ends a connection that makes no sense.
        if (channel.isOpen()) {
          channel.writeInbound(Pieces.buffer(allocator, piece));
        }
      }
      channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      channel.runPendingTasks();
      String answers = answers(channel);
      channel.finishAndReleaseAll();
      channel.checkException();
      return new PortRun(router.pushes(), router.log(), answers);
    }
  }

  private static String answers(EmbeddedChannel channel) {
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      all.writeBytes(part);
      part.release();
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** Fails where another way of arriving led to something else; answers are compared elsewhere. */
  void checkSame(PortRun other) {
    Agreement.check("asked", asked, other.asked);
    Agreement.check("pushes", pushes, other.pushes);
  }
}
