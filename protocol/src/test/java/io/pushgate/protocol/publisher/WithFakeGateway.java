package io.pushgate.protocol.publisher;

import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.publisher.FakeGateway.Peer;
import io.pushgate.protocol.publisher.FakeGateway.Script;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** A client and a fake gateway for each test, and short ways to use them. */
abstract class WithFakeGateway {
  static final UserId ALICE = UserId.of("alice@example.com");
  static final Duration LONG = Duration.ofSeconds(30);

  final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  FakeGateway gateway;
  PublisherClient client;

  /** Lets the listener fail on the next receipt. */
  volatile boolean failOnce;

  private final PublisherListener listener =
      new PublisherListener() {
        @Override
        public void receiptsBegin(Cursor after, boolean resumed) {
          heard.add("from " + after + (resumed ? ", resumed" : ""));
        }

        @Override
        public void receipt(IngressAnswer.Receipt receipt) {
          if (failOnce) {
            failOnce = false;
            throw new IllegalStateException("the application's own fault");
          }
          heard.add(receipt);
        }

        @Override
        public void gap() {
          heard.add("gap");
        }

        @Override
        public void connected() {
          heard.add("connected");
        }

        @Override
        public void disconnected() {
          heard.add("disconnected");
        }
      };

  @AfterEach
  void closesAll() throws Exception {
    if (client != null) {
      gateway.close();
      client.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  void start(Script script, UnaryOperator<PublisherOptions> change) {
    gateway = new FakeGateway(script);
    PublisherOptions options =
        gateway.options().withBackoff(Duration.ofMillis(1), Duration.ofMillis(20));
    client = PublisherClient.connect(change.apply(options), listener);
  }

  Object next() throws InterruptedException {
    return heard.poll(10, TimeUnit.SECONDS);
  }

  static IngressRequest.Push push(String id) {
    return new IngressRequest.Push(
        new Audience.One(ALICE), id, null, Payload.of("1"), -1, null, false);
  }

  static List<String> ids(Peer peer) {
    return peer.requests().stream()
        .map(Envelope::request)
        .filter(IngressRequest.Push.class::isInstance)
        .map(request -> ((IngressRequest.Push) request).id())
        .toList();
  }

  static <T> T await(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }
}
