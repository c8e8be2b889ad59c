package io.pushgate.protocol.publisher;

import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.publisher.FakeGateway.Peer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a fake gateway commonly does. */
final class FakeGatewayScripts {
  private static final IngressRequest.Cases<IngressAnswer> ANSWERS =
      new IngressRequest.Cases<>() {
        @Override
        public IngressAnswer hello(IngressRequest.Hello request) {
          return new IngressAnswer.Ok(null, false);
        }

        @Override
        public IngressAnswer push(IngressRequest.Push request) {
          return new IngressAnswer.Ack(request.id(), 1, 0, Held.MEMORY, false);
        }

        @Override
        public IngressAnswer recall(IngressRequest.Recall request) {
          return new IngressAnswer.Ack(request.id(), 1, 0, Held.MEMORY, false);
        }

        @Override
        public IngressAnswer presence(IngressRequest.Presence request) {
          return new IngressAnswer.PresenceIs(request.user(), 2);
        }

        @Override
        public IngressAnswer status(IngressRequest.Status request) {
          return new IngressAnswer.StatusIs(request.id(), 1, 0, List.of());
        }

        @Override
        public IngressAnswer ping(IngressRequest.Ping request) {
          return new IngressAnswer.Pong();
        }
      };

  private FakeGatewayScripts() {}

  /** Answers as if all went well. */
  static void answer(Envelope request, Peer peer) throws IOException {
    peer.answer(request.ref(), request.request().match(ANSWERS));
  }

  static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("the test did not go on in time");
      }
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }
}
