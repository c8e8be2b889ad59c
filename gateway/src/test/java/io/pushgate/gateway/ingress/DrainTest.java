package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static final String GOAWAY = "{\"op\":\"goaway\",\"reason\":\"draining\"}";

  private FakeRouter router;
  private IngressServer server;
  private CompletableFuture<Void> drained;

  @BeforeEach
  void start() {
    router = new FakeRouter(Mode.HELD_BACK);
    server = new IngressServer(router);
  }

  @AfterEach
  void stop() {
    server.close();
    router.close();
  }

  @Test
  void answersWhatWasReadThenSaysGoawayAndCloses() throws IOException {
    try (PublisherSocket publisher = server.connect()) {
      publisher.send(
          "{\"op\":\"push\",\"ref\":1,\"to\":\"a\",\"data\":1}\n{\"op\":\"ping\",\"ref\":2}\n");
      Waiting.until("the push is taken", () -> router.published() == 1);
      drain();
      publisher.send("{\"op\":\"ping\",\"ref\":3}\n");
      router.release();
      assertThat(publisher.line()).contains("\"op\":\"ack\",\"ref\":1");
      assertThat(publisher.line()).isEqualTo("{\"op\":\"pong\",\"ref\":2}");
      assertThat(publisher.line()).isEqualTo(GOAWAY);
      assertThat(publisher.line()).isNull();
    }
    assertThat(drained).succeedsWithin(Duration.ofSeconds(60));
  }

  @Test
  void takesWhatWasReadAndHadNoRoomYet() throws IOException {
    int pushes = IngressLimits.MAX_IN_FLIGHT + 10;
    String line = "{\"op\":\"push\",\"to\":\"a\",\"data\":1}\n";
    try (PublisherSocket publisher = server.connect()) {
      publisher.send(line.repeat(pushes));
      Waiting.until(
          "the bound is reached", () -> router.published() == IngressLimits.MAX_IN_FLIGHT);
      Waiting.until(
          "all is read",
          () -> server.handledBytes() >= (long) IngressLimits.MAX_IN_FLIGHT * line.length());
      drain();
      router.release();
      for (int i = 0; i < IngressLimits.MAX_IN_FLIGHT; i++) {
        assertThat(publisher.line()).startsWith("{\"op\":\"ack\"");
      }
      router.release();
      String next = publisher.line();
      while (next != null && next.startsWith("{\"op\":\"ack\"")) {
        next = publisher.line();
      }
      assertThat(next).isEqualTo(GOAWAY);
    }
    assertThat(drained).succeedsWithin(Duration.ofSeconds(60));
  }

  @Test
  void closesIdleAndSilentConnectionsAtOnce() throws IOException {
    try (PublisherSocket silent = server.connect();
        PublisherSocket idle = server.connect()) {
      idle.send("{\"op\":\"ping\"}\n");
      assertThat(idle.line()).isEqualTo("{\"op\":\"pong\"}");
      drain();
      assertThat(silent.rest()).isEmpty();
      assertThat(idle.line()).isEqualTo(GOAWAY);
      assertThat(idle.line()).isNull();
    }
    assertThat(drained).succeedsWithin(Duration.ofSeconds(60));
    try (PublisherSocket late = server.connect()) {
      assertThat(late.rest()).isEmpty();
    }
  }

  @Test
  void answersAnHttpCallAndNacksItsLaterLines() throws IOException {
    String first = "{\"to\":\"a\",\"id\":\"i\",\"data\":1}\n";
    String second = "{\"to\":\"a\",\"id\":\"j\",\"data\":1}\n";
    try (PublisherSocket publisher = server.connect()) {
      publisher.send(
          "POST /push HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + (first.length() + second.length())
              + "\r\n\r\n"
              + first);
      Waiting.until("the first push is taken", () -> router.published() == 1);
      drain();
      publisher.send(second);
      router.release();
      HttpAnswer answer = HttpAnswer.read(publisher);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(answer.lines().get(0)).contains("\"op\":\"ack\"", "\"id\":\"i\"");
      assertThat(answer.lines().get(1)).contains("\"code\":\"draining\"", "\"id\":\"j\"");
      assertThat(publisher.rest()).isEmpty();
    }
    assertThat(drained).succeedsWithin(Duration.ofSeconds(60));
    assertThat(router.published()).isEqualTo(1);
  }

  /** Drains, and waits until that has reached the connections. */
  private void drain() {
    drained = server.connections().drain().toCompletableFuture();
    // A connection that comes later is told later, on the one loop there is.
    Waiting.until("no connection is served any more", this::refusesConnections);
  }

  private boolean refusesConnections() {
    try (PublisherSocket late = server.connect()) {
      return late.rest().isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
