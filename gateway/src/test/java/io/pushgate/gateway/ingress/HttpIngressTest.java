package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.routing.Whereabouts;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.DeliveryState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpIngressTest {
  private static final String PUSH = "{\"to\":\"a\",\"id\":\"i\",\"data\":1}";
  private static final String ACK =
      "{\"op\":\"ack\",\"id\":\"i\",\"users\":1,\"sessions\":2,\"held\":\"memory\"}";

  private FakeRouter router;
  private IngressServer server;
  private PublisherSocket publisher;

  @BeforeEach
  void start() throws IOException {
    router = new FakeRouter(Mode.LATE_AND_SHUFFLED);
    server = new IngressServer(router);
    publisher = server.connect();
  }

  @AfterEach
  void stop() throws IOException {
    publisher.close();
    server.close();
    router.close();
  }

  @Test
  void answersAPushWithOneLine() throws IOException {
    HttpAnswer answer = post(PUSH);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo("application/x-ndjson");
    assertThat(answer.headers()).containsEntry("cache-control", "no-store");
    assertThat(answer.lines()).containsExactly(ACK);
  }

  @Test
  void answersEachLineInItsOrderWithTheStatusOfTheFirstNack() throws IOException {
    router.online("b", 4);
    HttpAnswer answer =
        post(
            """
            {"to":"a","id":"i","data":1}
            {"op":"presence","ref":1,"user":"b"}
            {"to":"a","id":"fail-1","data":1}

            nonsense
            {"op":"ping","ref":2}
            """);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.lines()).hasSize(5);
    assertThat(answer.lines().get(0)).isEqualTo(ACK);
    assertThat(answer.lines().get(1))
        .isEqualTo("{\"op\":\"presence\",\"ref\":1,\"user\":\"b\",\"sessions\":4}");
    assertThat(answer.lines().get(2)).contains("\"code\":\"unavailable\"");
    assertThat(answer.lines().get(3)).contains("\"code\":\"bad_request\"");
    assertThat(answer.lines().get(4)).isEqualTo("{\"op\":\"pong\",\"ref\":2}");
  }

  @Test
  void mapsEachNackToItsStatus() throws IOException {
    assertThat(post("nonsense").status()).isEqualTo(400);
    assertThat(post("{\"to\":\"a\",\"data\":\"" + "x".repeat(70_000) + "\"}").status())
        .isEqualTo(413);
    assertThat(post("{\"to\":\"a\",\"id\":\"fail-1\",\"data\":1}").status()).isEqualTo(503);
  }

  @Test
  void keepsTheConnectionForTheNextRequest() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(post(PUSH).lines()).containsExactly(ACK);
    }
    assertThat(server.meter("pushgate_publishers_total{form=\"http\"}")).isEqualTo(1);
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      requests.append(request("", "{\"ref\":" + i + ",\"to\":\"a\",\"data\":1}\n"));
    }
    publisher.send(requests.toString()).endOutput();
    for (int i = 0; i < 1_000; i++) {
      HttpAnswer answer = HttpAnswer.read(publisher);
      assertThat(answer.body()).startsWith("{\"op\":\"ack\",\"ref\":" + i + ",");
    }
    assertThat(publisher.rest()).isEmpty();
  }

  @Test
  void takesABodyInChunks() throws IOException {
    publisher.send("POST /push HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (char c : (PUSH + "\n" + PUSH).toCharArray()) {
      publisher.send("1\r\n" + c + "\r\n");
    }
    publisher.send("0\r\n\r\n");
    assertThat(HttpAnswer.read(publisher).lines()).containsExactly(ACK, ACK);
    assertThat(post(PUSH).status()).isEqualTo(200);
  }

  @Test
  void saysContinueBeforeABodyThatIsExpectedToWait() throws IOException {
    publisher.send(
        "POST /push HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
            + PUSH.length()
            + "\r\n\r\n");
    assertThat(HttpAnswer.read(publisher).status()).isEqualTo(100);
    publisher.send(PUSH);
    assertThat(HttpAnswer.read(publisher).status()).isEqualTo(200);
  }

  @Test
  void refusesABodyThatIsTooLongBeforeItIsSent() throws IOException {
    publisher.send(head("Expect: 100-continue", "Content-Length: 16777217"));
    HttpAnswer answer = HttpAnswer.read(publisher);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("\"code\":\"too_large\"");
    assertThat(publisher.rest()).isEmpty();
  }

  @Test
  void answersWhatItTookOfAChunkedBodyThatIsTooLong() throws IOException {
    publisher.send("POST /push HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
    String line = "{\"to\":\"a\",\"id\":\"i\",\"data\":\"" + "x".repeat(60_000) + "\"}\n";
    int lines = (16 << 20) / line.length() + 1;
    for (int i = 0; i < lines; i++) {
      publisher.send(Integer.toHexString(line.length()) + "\r\n" + line + "\r\n");
    }
    HttpAnswer answer = HttpAnswer.read(publisher);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.lines()).hasSizeBetween(2, lines).startsWith(ACK, ACK);
    assertThat(answer.lines().get(answer.lines().size() - 1)).contains("\"code\":\"too_large\"");
    assertThat(publisher.rest()).isEmpty();
  }

  @Test
  void takesAHundredThousandLinesAndNotOneMore() throws IOException {
    String body = "{\"op\":\"ping\"}\n".repeat(100_000);
    assertThat(post(body).lines()).hasSize(100_000).containsOnly("{\"op\":\"pong\"}");
    HttpAnswer answer = post(body + "{\"op\":\"ping\"}\n");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.lines()).hasSize(100_001);
    assertThat(answer.lines().get(100_000)).contains("\"code\":\"too_large\"");
  }

  @Test
  void gathersNoMoreAnswersThanItHasRoomFor() throws IOException {
    String name = "u".repeat(250);
    List<Whereabouts.OfUser> users =
        IntStream.range(1_000, 5_000)
            .mapToObj(n -> UserId.of(name + n))
            .map(user -> new Whereabouts.OfUser(user, DeliveryState.HELD, 1, List.of()))
            .toList();
    router.holdTrace("big").complete(new Whereabouts("big", 1, 1, 0, 0, users));

    HttpAnswer answer = post("{\"op\":\"status\",\"id\":\"big\"}\n".repeat(200));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.headers()).containsEntry("connection", "close");
    List<String> lines = answer.lines();
    assertThat(lines).hasSizeBetween(10, 190);
    assertThat(lines.get(lines.size() - 1)).contains("too_large", "answers of more than");
  }

  @Test
  void refusesABodyWithoutARequest() throws IOException {
    assertThat(post("\n\n").status()).isEqualTo(400);
    assertThat(post(PUSH).status()).isEqualTo(200);
  }

  @Test
  void takesThePublishersNameFromTheQuery() throws IOException {
    assertThat(post("?publisher=bil%20ling", PUSH).status()).isEqualTo(200);
    HttpAnswer named = post("?publisher=billing", "{\"op\":\"hello\",\"publisher\":\"other\"}");
    assertThat(named.status()).isEqualTo(400);
    assertThat(named.body()).contains("hello: ");
    HttpAnswer answer = post("?publisher=" + "x".repeat(129), PUSH);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("application/problem+json");
    assertThat(answer.body()).contains("publisher: is 129 bytes long");
  }

  @Test
  void refusesAMalformedQuery() throws IOException {
    assertThat(post("?publisher=%zz", PUSH).status()).isEqualTo(400);
  }

  @Test
  void speaksHttpOneZero() throws IOException {
    publisher.send(
        "POST /push HTTP/1.0\r\nHost: localhost\r\nContent-Length: "
            + PUSH.length()
            + "\r\n\r\n"
            + PUSH);
    assertThat(HttpAnswer.read(publisher).lines()).containsExactly(ACK);
    assertThat(publisher.rest()).isEmpty();
  }

  @Test
  void closesWhereItIsAskedTo() throws IOException {
    publisher.send(
        "POST /push HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
            + PUSH.length()
            + "\r\n\r\n"
            + PUSH);
    HttpAnswer answer = HttpAnswer.read(publisher);
    assertThat(answer.headers()).containsEntry("connection", "close");
    assertThat(publisher.rest()).isEmpty();
  }

  @Test
  void answersWhatItTookOfABodyThatEndsEarly() throws IOException {
    publisher
        .send(
            "POST /push HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"
                + PUSH
                + "\n{\"to\":")
        .endOutput();
    HttpAnswer answer = HttpAnswer.read(publisher);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.lines()).hasSize(2).startsWith(ACK);
    assertThat(publisher.rest()).isEmpty();
  }

  private HttpAnswer post(String body) throws IOException {
    return post("", body);
  }

  private HttpAnswer post(String query, String body) throws IOException {
    publisher.send(request(query, body));
    return HttpAnswer.read(publisher);
  }

  private static String request(String query, String body) {
    return "POST /push%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(query, body.getBytes(StandardCharsets.UTF_8).length, body);
  }

  private static String head(String... headers) {
    return "POST /push HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
  }
}
