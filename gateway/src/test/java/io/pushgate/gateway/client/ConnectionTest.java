package io.pushgate.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.broker.Broker.Acknowledgement;
import io.pushgate.gateway.client.RawClient.Answer;
import io.pushgate.gateway.client.RecordingRouter.Posted;
import io.pushgate.gateway.config.TransportKind;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests one after another, too many connections, too much time, and acknowledgements. */
class ConnectionTest {
  private static final String ALICE = "/api/v1/notifications/ws/alice";

  @Test
  void servesRequestsOneAfterAnotherAlsoWhereTheyComeAtOnce() throws IOException {
    try (PublicServer server = new PublicServer();
        RawClient client = server.connect()) {
      client.lines(get("/") + get(ALICE) + get("/nothing") + get("/page.js"));
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        statuses.add(client.answer().status());
      }
      assertThat(statuses).containsExactly(200, 426, 404, 200);
      assertThat(client.lines(get("/")).answer().status()).isEqualTo(200);
    }
  }

  @Test
  void closesWhereTheClientWantsItOrSpeaksHttp10() throws IOException {
    try (PublicServer server = new PublicServer()) {
      for (String last :
          List.of(
              "GET / HTTP/1.1\nHost: a\nConnection: close\n\n", "GET / HTTP/1.0\nHost: a\n\n")) {
        try (RawClient client = server.connect()) {
          Answer answer = client.lines(last + get("/behind")).answer();
          assertThat(answer.status()).isEqualTo(200);
          assertThat(answer.header("connection")).isEqualTo("close");
          assertThat(client.isClosedByServer()).isTrue();
        }
      }
    }
  }

  @Test
  void answersARequestThatIsCutAnywhere() throws IOException {
    try (PublicServer server = new PublicServer();
        RawClient client = server.connect()) {
      String bytes = post("{\"cursor\":\"u1\"}").replace("\n", "\r\n");
      for (int cut = 1; cut < bytes.length(); cut++) {
        client.send(bytes.substring(0, cut)).send(bytes.substring(cut));
        posted(server).answer().complete(Acknowledgement.TAKEN);
        assertThat(client.answer().status()).as("cut at %d", cut).isEqualTo(204);
      }
    }
  }

  @Test
  void acknowledgesForAPage() throws Exception {
    try (PublicServer server = new PublicServer();
        RawClient client = server.connect()) {
      client.lines(post("{\"later\":1,\"cursor\":\"e2,u1\"}") + get("/nothing"));
      Posted posted = posted(server);
      assertThat(posted.user()).isEqualTo(UserId.of("alice"));
      assertThat(posted.position()).isEqualTo(Position.parse("u1,e2"));
      posted.answer().complete(Acknowledgement.TAKEN);
      assertThat(client.answer().status()).isEqualTo(204);
      assertThat(client.answer().status()).as("the request behind it").isEqualTo(404);
    }
  }

  @Test
  void refusesACursorThatTheJournalDoesNotTake() throws IOException {
    try (PublicServer server = new PublicServer("handshake-timeout=60s");
        RawClient client = server.connect()) {
      client.lines(post("{\"cursor\":\"u1\"}"));
      posted(server).answer().complete(Acknowledgement.BAD_CURSOR);
      assertThat(client.answer().code()).isEqualTo("bad_cursor");
      assertThat(client.isClosedByServer()).isTrue();
    }
    try (PublicServer server = new PublicServer();
        RawClient client = server.connect()) {
      client.lines(post("{\"cursor\":\"u1\"}"));
      posted(server).answer().completeExceptionally(new IOException("the store is away"));
      Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("retry-after")).isEqualTo("1");
    }
  }

  @Test
  void refusesABodyThatHoldsNoPosition() throws IOException {
    try (PublicServer server = new PublicServer()) {
      for (String body :
          List.of(
              "",
              "{",
              "[]",
              "{}",
              "{\"cursor\":1}",
              "{\"cursor\":\"\"}",
              "{\"cursor\":\"x1\"}",
              "{\"cursor\":\"u1,u2\"}",
              "{\"cursor\":\"u1\",\"cursor\":\"u2\"}",
              "{\"cursor\":\"u1\"} x")) {
        try (RawClient client = server.connect()) {
          assertThat(client.lines(post(body)).answer().code()).as(body).isEqualTo("bad_cursor");
        }
      }
    }
  }

  @Test
  void asksForABodyThatWaitsToBeAskedFor() throws IOException {
    try (PublicServer server = new PublicServer();
        RawClient client = server.connect()) {
      String body = "{\"cursor\":\"u1\"}";
      client.lines(
          "POST /api/v1/notifications/ack/alice HTTP/1.1\nHost: localhost\n"
              + "Expect: 100-continue\nContent-Length: "
              + body.length()
              + "\n\n");
      assertThat(client.head().status()).isEqualTo(100);
      client.send(body);
      posted(server).answer().complete(Acknowledgement.TAKEN);
      assertThat(client.answer().status()).isEqualTo(204);
    }
  }

  @Test
  void tellsASlowClientThatItsTimeIsOver() throws IOException {
    try (PublicServer server = new PublicServer("handshake-timeout=2s")) {
      for (String part : List.of("", "GET /", get("/").strip(), post("{}").replace("{}", "{"))) {
        try (RawClient client = server.connect()) {
          Answer answer = client.lines(part).answer();
          assertThat(answer.status()).as(part).isEqualTo(408);
          assertThat(answer.code()).isEqualTo("timeout");
          assertThat(client.isClosedByServer()).isTrue();
        }
      }
    }
  }

  @Test
  void closesAnIdleConnectionBetweenTwoRequestsWithoutAWord() throws IOException {
    try (PublicServer server = new PublicServer("handshake-timeout=2s");
        RawClient client = server.connect()) {
      assertThat(client.lines(get("/")).answer().status()).isEqualTo(200);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void leavesSessionsTheirTime() throws Exception {
    try (PublicServer server = new PublicServer("handshake-timeout=2s");
        RawClient client = server.connect();
        RawClient other = server.connect()) {
      client.lines(SessionOpeningTest.handshake(ALICE, ""));
      assertThat(client.head().status()).isEqualTo(101);
      assertThat(client.read(5)).isEqualTo("hello");
      assertThat(other.answer().status()).as("a silent one, meanwhile").isEqualTo(408);
      client.send("still here");
      assertThat(server.router.received.poll(60, TimeUnit.SECONDS)).isEqualTo("still here");
    }
  }

  @Test
  void refusesConnectionsPastTheLimitUntilOneLeaves() throws IOException {
    try (PublicServer server = new PublicServer("max-connections=2");
        RawClient first = server.connect()) {
      assertThat(first.lines(get("/")).answer().status()).isEqualTo(200);
      try (RawClient second = server.connect();
          RawClient third = server.connect()) {
        assertThat(second.lines(get("/")).answer().status()).isEqualTo(200);
        Answer answer = third.lines(get("/")).answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("overloaded");
        assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 10);
        assertThat(third.isClosedByServer()).isTrue();
      }
      awaitStatus(server, 200);
    }
  }

  @Test
  void closesUnheardWhatComesFarPastTheLimit() throws IOException {
    try (PublicServer server = new PublicServer("max-connections=2");
        RawClient first = server.connect();
        RawClient second = server.connect();
        RawClient third = server.connect()) {
      assertThat(first.lines(get("/")).answer().status()).isEqualTo(200);
      assertThat(second.lines(get("/")).answer().status()).isEqualTo(200);
      try (RawClient fourth = server.connect()) {
        assertThat(fourth.isClosedByServer()).isTrue();
      }
      assertThat(third.lines(get("/")).answer().status()).isEqualTo(503);
    }
  }

  @Test
  void anAddressThatHasEnoughHoldsFewSilentOnesMore() throws Exception {
    try (PublicServer server =
            new PublicServer(
                "event-loops=1",
                "trusted-proxies=192.0.2.9",
                "max-connections=16",
                "max-connections-per-address=1");
        RawClient first = server.connect()) {
      try (RawClient second = server.connect();
          RawClient third = server.connect();
          RawClient fourth = server.connect();
          RawClient fifth = server.connect()) {
        assertThat(first.lines(get("/")).answer().status()).isEqualTo(200);
        assertThat(fifth.isClosedByServer()).as("with one and three that are to be told").isTrue();
        for (RawClient told : List.of(second, third, fourth)) {
          assertThat(told.lines(get("/")).answer().status()).isEqualTo(429);
        }
      }
      Waiting.until(
          "their places are free",
          () -> server.metrics.scrape().contains("pushgate_connections{port=\"public\"} 1.0"));
      try (RawClient sixth = server.connect()) {
        assertThat(sixth.lines(get("/")).answer().status()).as("told, not closed").isEqualTo(429);
      }
    }
  }

  @Test
  void countsEachClientOfAProxyByItself() throws Exception {
    try (PublicServer server = new PublicServer("max-connections-per-address=1", "open=true");
        RawClient stream = server.connect();
        RawClient proxy = server.connect()) {
      stream.lines(from("192.0.2.1", "/api/v1/notifications/sse/alice"));
      assertThat(stream.head().status()).isEqualTo(200);
      Answer refused = proxy.lines(from("192.0.2.1", "/")).answer();
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.code()).isEqualTo("rate_limited");
      assertThat(refused.headers()).containsKey("retry-after");
      assertThat(proxy.lines(from("192.0.2.2", "/")).answer().status()).isEqualTo(200);
      assertThat(proxy.lines(from("192.0.2.3", "/")).answer().status()).isEqualTo(200);
    }
  }

  @Test
  void refusesAllWhileItDrains() throws IOException {
    try (PublicServer server = new PublicServer();
        RawClient kept = server.connect()) {
      assertThat(kept.lines(get("/")).answer().status()).isEqualTo(200);
      server.port.drain();
      Answer answer = kept.lines(get("/")).answer();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("draining");
      assertThat(answer.headers()).containsKey("retry-after");
      assertThat(kept.isClosedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TransportKind.class,
      names = {"AUTO", "NIO"})
  void countsConnectionsThatCameAndWent(TransportKind kind) throws IOException {
    try (PublicServer server = new PublicServer(kind)) {
      try (RawClient client = server.connect()) {
        client.lines(SessionOpeningTest.handshake(ALICE, ""));
        assertThat(client.head().status()).isEqualTo(101);
      }
      try (RawClient client = server.connect()) {
        assertThat(client.lines(get("/")).answer().status()).isEqualTo(200);
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (!server.metrics.scrape().contains("pushgate_connections{port=\"public\"} 0")) {
        assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      }
      assertThat(server.metrics.scrape())
          .contains("pushgate_connections_accepted_total{port=\"public\"} 2");
    }
  }

  private static void awaitStatus(PublicServer server, int expected) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    int status = 0;
    while (status != expected) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      try (RawClient client = server.connect()) {
        status = client.lines(get("/")).answer().status();
      } catch (IOException closedUnheard) {
        status = 0;
      }
    }
  }

  private static Posted posted(PublicServer server) {
    try {
      Posted posted = server.router.posted.poll(60, TimeUnit.SECONDS);
      assertThat(posted).isNotNull();
      return posted;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\nHost: localhost\n\n";
  }

  private static String from(String client, String target) {
    return "GET %s HTTP/1.1\nHost: localhost\nX-Forwarded-For: %s\n\n".formatted(target, client);
  }

  private static String post(String body) {
    return "POST /api/v1/notifications/ack/alice HTTP/1.1\nHost: localhost\nContent-Length: %d\n\n%s"
        .formatted(body.length(), body);
  }
}
