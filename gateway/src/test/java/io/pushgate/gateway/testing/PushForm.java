package io.pushgate.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.IngressRequest.Push;
import io.pushgate.protocol.ingress.JsonLines;
import io.pushgate.protocol.ingress.Ref;
import io.pushgate.protocol.publisher.NackException;
import io.pushgate.protocol.publisher.PublisherClient;
import io.pushgate.protocol.publisher.PublisherListener;
import io.pushgate.protocol.publisher.PublisherOptions;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The ways in which a service can push. Each pushes until it is acked, once each time. */
public enum PushForm {
  JSON_LINES {
    @Override
    void push(ListenConfig bound, Push push) throws IOException {
      try (Publisher publisher = new Publisher(bound)) {
        publisher.push(new TestPush(push)).settle();
      }
    }
  },

  BINARY_FRAMES {
    @Override
    void push(ListenConfig bound, Push push) throws Exception {
      PublisherClient client =
          PublisherClient.connect(
              PublisherOptions.of("127.0.0.1", bound.ingressAddress().getPort()),
              PublisherListener.SILENT);
      try {
        boolean taken = false;
        while (!taken) {
          taken = taken(client, push);
        }
      } finally {
        client.close().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }

    private boolean taken(PublisherClient client, Push push) throws Exception {
      try {
        client.push(push).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return true;
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof NackException nack && nack.mayBeRepeated()) {
          return false;
        }
        throw failed;
      }
    }
  },

  HTTP {
    @Override
    void push(ListenConfig bound, Push push) {
      ByteBuf line = Unpooled.buffer();
      JsonLines.writeRequest(new Envelope(Ref.NONE, push), line);
      HttpResponse<String> answer = null;
      while (answer == null || answer.statusCode() == 503) {
        answer = HttpCall.post(bound.ingressAddress(), "/push", line.toString(UTF_8));
      }
      if (answer.statusCode() != 200) {
        throw new AssertionError(answer.body());
      }
    }
  };

  private static final int PATIENCE_SECONDS = 60;

  abstract void push(ListenConfig bound, Push push) throws Exception;

  /** Pushes and returns when it is acked; with an id of its own where it has none. */
  void push(ListenConfig bound, TestPush push) throws Exception {
    boolean named = push.request().id() != null;
    push(bound, (named ? push : push.id(UUID.randomUUID().toString())).request());
  }
}
