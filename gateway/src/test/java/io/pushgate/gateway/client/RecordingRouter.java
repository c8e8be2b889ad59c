package io.pushgate.gateway.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.session.SessionRequest;
import io.pushgate.gateway.testing.PartialRouter;
import io.pushgate.gateway.transport.Wire;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Takes what the public port hands over: each session that it opens says one word on its wire and
 * keeps what it receives. Acknowledgements are answered by the test.
 */
final class RecordingRouter implements PartialRouter {
  final BlockingQueue<SessionRequest> attached = new LinkedBlockingQueue<>();
  final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  final BlockingQueue<Posted> posted = new LinkedBlockingQueue<>();

  record Posted(UserId user, Position position, CompletableFuture<Broker.Acknowledgement> answer) {}

  @Override
  public void attach(Wire wire, SessionRequest request) {
    wire.open(
        new Wire.Receiver() {
          @Override
          public void received(ByteBuf bytes) {
            received.add(bytes.toString(StandardCharsets.ISO_8859_1));
          }

          @Override
          public void writable() {}

          @Override
          public void lost() {}
        });
    ByteBuf hello =
        ByteBufAllocator.DEFAULT.buffer().writeBytes("hello".getBytes(StandardCharsets.US_ASCII));
    wire.write(hello, 0, hello.readableBytes());
    hello.release();
    attached.add(request);
  }

  @Override
  public CompletionStage<Broker.Acknowledgement> acknowledgePosted(UserId user, Position position) {
    CompletableFuture<Broker.Acknowledgement> answer = new CompletableFuture<>();
    posted.add(new Posted(user, position, answer));
    return answer;
  }
}
