package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.broker.ReceiptTo;
import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How receipts come to the connections of publishers with a name, and to those without. */
class ReceiptsTest {
  private static final String PUSH =
      "{\"op\":\"push\",\"id\":\"i\",\"to\":\"alice\",\"data\":1,\"receipt\":true}\n";
  private static final String ACK =
      "{\"op\":\"ack\",\"id\":\"i\",\"users\":1,\"sessions\":2,\"held\":\"memory\"}";
  private static final String GAP = "{\"op\":\"gap\"}";

  private FakeRouter router;
  private IngressServer server;
  private PublisherSocket publisher;

  @BeforeEach
  void start() throws IOException {
    router = new FakeRouter(Mode.AT_ONCE);
    server = new IngressServer(router);
    publisher = server.connect();
  }

  @AfterEach
  void stop() throws IOException {
    publisher.close();
    Waiting.until("nothing is told any more", () -> router.receipts.told() == 0);
    server.close();
    router.close();
  }

  @Test
  void beginsWithTheFirstThatIsHeldBehindTheOk() throws IOException {
    router.receipts.add("billing", "a", "b");
    publisher.send(hello("billing", ""));
    assertThat(publisher.lines(3))
        .containsExactly(ok(0, false), receipt("billing", 1, "a"), receipt("billing", 2, "b"));
  }

  @Test
  void resumesBehindACursorAndTellsWhatComesLater() throws IOException {
    router.receipts.add("billing", "a", "b");
    publisher.send(hello("billing", FakeReceipts.cursor("billing", 1)));
    assertThat(publisher.lines(2)).containsExactly(ok(1, true), receipt("billing", 2, "b"));
    router.receipts.add("shipping", "x");
    router.receipts.add("billing", "c");
    assertThat(publisher.line()).isEqualTo(receipt("billing", 3, "c"));
  }

  @Test
  void tellsAGapBehindTheOkWhereTheCursorIsNone() throws IOException {
    router.receipts.add("billing", "a");
    publisher.send(hello("billing", "no cursor"));
    assertThat(publisher.lines(3)).containsExactly(ok(0, false), GAP, receipt("billing", 1, "a"));
    assertThat(server.meter("pushgate_receipt_gaps_total")).isEqualTo(1);
  }

  @Test
  void tellsAGapWhereItFellOutOfTheJournal() throws IOException {
    router.receipts.add("billing", "a", "b", "c");
    router.receipts.trim("billing", 3);
    publisher.send(hello("billing", FakeReceipts.cursor("billing", 1)));
    assertThat(publisher.lines(3)).containsExactly(ok(1, true), GAP, receipt("billing", 3, "c"));
  }

  @Test
  void tellsAllOfALongJournalInItsOrder() throws IOException {
    int count = 10 * IngressLimits.RECEIPT_PAGE + 1;
    router.receipts.add("billing", ids(0, count));
    publisher.send(hello("billing", ""));
    publisher.line();
    for (int i = 0; i < count; i++) {
      assertThat(publisher.line()).isEqualTo(receipt("billing", i + 1, "id-" + i));
    }
    assertThat(server.meter("pushgate_receipts_total{event=\"delivered\"}")).isEqualTo(count);
  }

  @Test
  void losesNoneThatComeWhileOthersAreWritten() throws IOException {
    publisher.send(hello("billing", ""));
    publisher.line();
    CompletableFuture<Void> adding =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 5_000; i++) {
                router.receipts.add("billing", "id-" + i);
              }
            });
    for (int i = 0; i < 5_000; i++) {
      assertThat(publisher.line()).contains("\"id\":\"id-" + i + "\"");
    }
    adding.join();
  }

  @Test
  void tellsEveryConnectionOfTheName() throws IOException {
    try (PublisherSocket other = server.connect()) {
      publisher.send(hello("billing", ""));
      other.send(hello("billing", ""));
      publisher.line();
      other.line();
      router.receipts.add("billing", "a");
      assertThat(publisher.line()).isEqualTo(receipt("billing", 1, "a"));
      assertThat(other.line()).isEqualTo(receipt("billing", 1, "a"));
    }
  }

  @Test
  void keepsReceiptsForTheNameThatWasSaid() throws IOException {
    publisher.send(hello("billing", "") + PUSH + PUSH.replace("true", "false"));
    assertThat(publisher.lines(3)).containsExactly(ok(0, false), ACK, ACK);
    assertThat(router.addressees()).containsExactly(new ReceiptTo.Publisher("billing"), null);
  }

  @Test
  void tellsAPublisherWithoutANameOnTheConnectionThatPushed() throws IOException {
    try (PublisherSocket other = server.connect()) {
      publisher.send(PUSH + PUSH);
      other.send("{\"op\":\"ping\"}\n");
      assertThat(publisher.lines(2)).containsExactly(ACK, ACK);
      assertThat(router.addressees()).hasSize(2).containsOnly(router.addressees().get(0));
      router.receipts.tell(((ReceiptTo.Connection) router.addressees().get(0)).key(), "i");
      assertThat(publisher.line())
          .isEqualTo(
              "{\"op\":\"receipt\",\"id\":\"i\",\"user\":\"alice\",\"event\":\"delivered\",\"ts\":"
                  + FakeReceipts.TS
                  + "}");
      assertThat(other.endOutput().rest()).isEqualTo("{\"op\":\"pong\"}\n");
    }
  }

  @Test
  void remembersNoConnectionThatAsksForNoReceipt() throws IOException {
    publisher.send("{\"op\":\"hello\"}\n" + PUSH.replace("true", "false"));
    assertThat(publisher.lines(2)).containsExactly("{\"op\":\"ok\",\"resumed\":false}", ACK);
    assertThat(router.receipts.told()).isZero();
  }

  @Test
  void keepsThoseOfAnHttpRequestForThePublisherItNames() throws IOException {
    post("?publisher=billing", PUSH);
    post("", "{\"op\":\"hello\",\"publisher\":\"shipping\"}\n" + PUSH);
    assertThat(router.addressees())
        .containsExactly(new ReceiptTo.Publisher("billing"), new ReceiptTo.Publisher("shipping"));
  }

  @Test
  void takesAnHttpPushWhoseReceiptsNobodyCouldBeTold() throws IOException {
    assertThat(post("", PUSH)).containsExactly(ACK);
    assertThat(router.addressees()).containsOnlyNulls();
  }

  @Test
  void nacksAHelloThatTheJournalDoesNotAnswerAndTakesItsRepeat() throws IOException {
    router.receipts.add("billing", "a");
    router.receipts.fail(1);
    publisher.send(hello("billing", "") + PUSH + hello("billing", "") + hello("billing", ""));
    assertThat(publisher.line()).contains("\"op\":\"nack\"", "\"code\":\"unavailable\"");
    assertThat(publisher.lines(2)).containsExactly(ACK, ok(0, false));
    assertThat(List.of(publisher.line(), publisher.line()))
        .anySatisfy(line -> assertThat(line).isEqualTo(receipt("billing", 1, "a")))
        .anySatisfy(line -> assertThat(line).contains("\"code\":\"bad_request\""));
    assertThat(router.addressees()).containsExactly(new ReceiptTo.Publisher("billing"));
  }

  @Test
  void goesOnWhenTheJournalAnswersAgain() throws IOException {
    publisher.send(hello("billing", ""));
    publisher.line();
    Waiting.until("the end is known", () -> router.receipts.reads() == 1);
    router.receipts.fail(1);
    router.receipts.add("billing", "a");
    assertThat(publisher.line()).isEqualTo(receipt("billing", 1, "a"));
  }

  @Test
  void doesNotHoldAConnectionOpenWhosePublisherEnded() throws IOException {
    publisher.send(hello("billing", "") + PUSH).endOutput();
    assertThat(publisher.lines(2)).containsExactly(ok(0, false), ACK);
    assertThat(publisher.line()).isNull();
  }

  @Test
  void endsWhenTheGatewayDrains() throws IOException {
    publisher.send(hello("billing", ""));
    publisher.line();
    CompletableFuture<Void> drained = server.connections().drain().toCompletableFuture();
    assertThat(publisher.line()).isEqualTo("{\"op\":\"goaway\",\"reason\":\"draining\"}");
    Waiting.until("nothing is told any more", () -> router.receipts.told() == 0);
    router.receipts.add("billing", "a");
    assertThat(publisher.line()).isNull();
    publisher.close();
    drained.join();
  }

  private List<String> post(String query, String body) throws IOException {
    try (PublisherSocket http = server.connect()) {
      http.send(
          "POST /push%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(query, body.length(), body));
      return HttpAnswer.read(http).lines();
    }
  }

  private static String[] ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "id-" + i).toArray(String[]::new);
  }

  private static String hello(String name, String after) {
    return "{\"op\":\"hello\",\"publisher\":\"%s\",\"after\":\"%s\"}\n".formatted(name, after);
  }

  private static String ok(long offset, boolean resumed) {
    return "{\"op\":\"ok\",\"cursor\":\"%s\",\"resumed\":%s}"
        .formatted(FakeReceipts.cursor("billing", offset), resumed);
  }

  private static String receipt(String publisher, long offset, String id) {
    return "{\"op\":\"receipt\",\"cursor\":\"%s\",\"id\":\"%s\",\"user\":\"alice\",\"event\":\"delivered\",\"ts\":%d}"
        .formatted(FakeReceipts.cursor(publisher, offset), id, FakeReceipts.TS);
  }
}
