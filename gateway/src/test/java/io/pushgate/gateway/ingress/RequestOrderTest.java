package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.routing.Whereabouts;
import io.pushgate.gateway.routing.Whereabouts.OfUser;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.DeliveryState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How requests that change something stand to those that ask how it is. */
class RequestOrderTest {
  private FakeRouter router;
  private IngressServer server;
  private PublisherSocket publisher;

  @AfterEach
  void stop() throws IOException {
    publisher.close();
    server.close();
    router.close();
  }

  @Test
  void recallsBehindThePushesBeforeItAndBeforeThoseBehindIt() throws IOException {
    start(Mode.AT_ONCE);
    publisher.send(push("a") + push("b") + recall("a") + push("c") + recall("gone"));
    assertThat(publisher.lines(5))
        .containsExactly(
            ack("a"),
            ack("b"),
            ack("a"),
            ack("c"),
            "{\"op\":\"nack\",\"id\":\"gone\",\"code\":\"not_found\","
                + "\"message\":\"id: nothing of it is held\"}");
    assertThat(router.log())
        .containsExactly("push a", "push b", "recall a", "push c", "recall gone");
    assertThat(server.meter("pushgate_publisher_requests_total{op=\"recall\"}")).isEqualTo(2);
  }

  @Test
  void asksForAStatusWhenAllBeforeItIsAnsweredAndTakesNothingBehindItBefore() throws IOException {
    start(Mode.HELD_BACK);
    CompletableFuture<Whereabouts> trace = router.holdTrace("a");
    publisher.send(push("a") + status("a") + push("b"));
    Waiting.until("the push is taken", () -> router.published() == 1);
    router.release();
    assertThat(publisher.line()).isEqualTo(ack("a"));
    Waiting.until("the status is asked", () -> router.log().contains("trace a"));
    assertThat(router.log()).containsExactly("push a", "trace a");
    trace.complete(whereabouts("a", 1));
    assertThat(publisher.line()).startsWith("{\"op\":\"status\",\"id\":\"a\"");
    Waiting.until("the next push is taken", () -> router.published() == 2);
    router.release();
    assertThat(publisher.line()).isEqualTo(ack("b"));
  }

  @Test
  void answersPipelinedStatusesOfAPublisherThatEnds() throws IOException {
    start(Mode.LATE_AND_SHUFFLED);
    publisher.send((push("a") + status("a")).repeat(500)).endOutput();
    for (int i = 0; i < 500; i++) {
      assertThat(publisher.line()).isEqualTo(ack("a"));
      assertThat(publisher.line()).contains("\"op\":\"nack\"", "\"code\":\"not_found\"");
    }
    assertThat(publisher.line()).isNull();
  }

  @Test
  void tellsAStatus() throws IOException {
    start(Mode.AT_ONCE);
    router
        .holdTrace("a")
        .complete(
            new Whereabouts(
                "a",
                1,
                2,
                2,
                1,
                List.of(
                    new OfUser(UserId.of("bob"), DeliveryState.SENT, 5, List.of()),
                    new OfUser(UserId.of("alice"), DeliveryState.ACKNOWLEDGED, 6, List.of()))));
    publisher.send(status("a"));
    assertThat(publisher.line())
        .isEqualTo(
            "{\"op\":\"status\",\"id\":\"a\",\"sent\":2,\"acknowledged\":1,\"users\":["
                + "{\"user\":\"bob\",\"state\":\"sent\",\"ts\":5},"
                + "{\"user\":\"alice\",\"state\":\"acknowledged\",\"ts\":6}]}");
  }

  @Test
  void listsTheFirstThousandUsersOfAStatusAndCountsAll() throws IOException {
    start(Mode.AT_ONCE);
    router.holdTrace("a").complete(whereabouts("a", 10_000));
    publisher.send(status("a"));
    String answer = publisher.line();
    assertThat(answer).contains("\"sent\":10000", "\"user\":\"user-999\"");
    assertThat(answer.split("\"state\":")).hasSize(1_001);
  }

  @Test
  void nacksAStatusThatTheJournalDoesNotAnswer() throws IOException {
    start(Mode.AT_ONCE);
    router.holdTrace("a").completeExceptionally(new IllegalStateException("the store is away"));
    publisher.send(status("a") + push("b"));
    assertThat(publisher.line()).contains("\"id\":\"a\",\"code\":\"unavailable\"");
    assertThat(publisher.line()).isEqualTo(ack("b"));
  }

  private static Whereabouts whereabouts(String id, int users) {
    return new Whereabouts(
        id,
        1,
        2,
        users,
        0,
        IntStream.range(0, users)
            .mapToObj(i -> new OfUser(UserId.of("user-" + i), DeliveryState.SENT, 3, List.of()))
            .toList());
  }

  private void start(Mode mode) throws IOException {
    router = new FakeRouter(mode);
    server = new IngressServer(router);
    publisher = server.connect();
  }

  private static String push(String id) {
    return "{\"op\":\"push\",\"id\":\"" + id + "\",\"to\":\"u\",\"data\":1}\n";
  }

  private static String recall(String id) {
    return "{\"op\":\"recall\",\"id\":\"" + id + "\"}\n";
  }

  private static String status(String id) {
    return "{\"op\":\"status\",\"id\":\"" + id + "\"}\n";
  }

  private static String ack(String id) {
    return "{\"op\":\"ack\",\"id\":\"" + id + "\",\"users\":1,\"sessions\":2,\"held\":\"memory\"}";
  }
}
