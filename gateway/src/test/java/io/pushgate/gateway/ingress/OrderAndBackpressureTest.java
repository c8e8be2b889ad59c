package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.config.TransportKind;
import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for a publisher that is ahead of the gateway, on every transport there is. */
class OrderAndBackpressureTest {
  private FakeRouter router;
  private IngressServer server;
  private PublisherSocket publisher;

  static List<TransportKind> transports() {
    return IngressServer.transports();
  }

  @AfterEach
  void stop() throws IOException {
    publisher.close();
    server.close();
    router.close();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void answersInOrderWhateverTheOrderOfOutcomes(TransportKind kind) throws IOException {
    start(kind, Mode.LATE_AND_SHUFFLED);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append(
          switch (i % 10) {
            case 3 -> "{\"op\":\"ping\",\"ref\":%d}\n".formatted(i);
            case 6 -> push(i, "fail-");
            case 9 -> "{\"op\":\"presence\",\"user\":\"a\",\"ref\":%d}\n".formatted(i);
            default -> push(i, "id-");
          });
    }
    publisher.send(lines.toString()).endOutput();
    for (int i = 0; i < 20_000; i++) {
      String op =
          switch (i % 10) {
            case 3 -> "pong";
            case 6 -> "nack";
            case 9 -> "presence";
            default -> "ack";
          };
      assertThat(publisher.line()).startsWith("{\"op\":\"" + op + "\",\"ref\":" + i);
    }
    assertThat(publisher.line()).isNull();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void stopsReadingWhenTooManyRequestsAreInFlightAndLosesNone(TransportKind kind)
      throws IOException {
    start(kind, Mode.HELD_BACK);
    int pushes = 3 * IngressLimits.MAX_IN_FLIGHT + 7;
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < pushes; i++) {
      lines.append(push(i, "id-"));
    }
    // The publisher ends while it is not read, so that its end comes with much still unread.
    CompletableFuture<Void> sent = sendInBackground(lines.toString());
    for (int next = 0; next < pushes; ) {
      int bound = Math.min(pushes, next + IngressLimits.MAX_IN_FLIGHT);
      Waiting.until("the bound is reached", () -> router.published() == bound);
      router.release();
      for (; next < bound; next++) {
        assertThat(publisher.line()).startsWith("{\"op\":\"ack\",\"ref\":" + next + ",");
      }
    }
    sent.join();
    assertThat(publisher.line()).isNull();
    assertThat(router.mostHeldBack()).isEqualTo(IngressLimits.MAX_IN_FLIGHT);
    assertThat(server.meter("pushgate_limit_hits_total{limit=\"ingress-in-flight\"}")).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void stopsReadingWhenTooManyBytesAreInFlight(TransportKind kind) throws IOException {
    start(kind, Mode.HELD_BACK);
    String line = "{\"to\":\"a\",\"op\":\"push\",\"data\":\"" + "x".repeat(60_000) + "\"}\n";
    int pushes = 300;
    CompletableFuture<Void> sent = sendInBackground(line.repeat(pushes));
    int bound = IngressLimits.MAX_IN_FLIGHT_BYTES / line.length() + 1;
    for (int answered = 0; answered < pushes; ) {
      int expected = Math.min(pushes, answered + bound);
      Waiting.until("the bound is reached", () -> router.published() == expected);
      router.release();
      assertThat(publisher.lines(expected - answered)).noneMatch(each -> each.contains("nack"));
      answered = expected;
    }
    sent.join();
    assertThat(publisher.line()).isNull();
    assertThat(router.mostHeldBack()).isEqualTo(bound);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void answersAPublisherThatReadsOnlyWhenItIsReadNoMore(TransportKind kind) throws IOException {
    start(kind, Mode.AT_ONCE);
    String ref = "\"" + "x".repeat(64) + "\"";
    int pings = 300_000;
    CompletableFuture<Void> sent =
        sendInBackground("{\"op\":\"ping\",\"ref\":%s}\n".formatted(ref).repeat(pings));
    Waiting.until(
        "answers stand unsent",
        () -> server.meter("pushgate_limit_hits_total{limit=\"ingress-unsent-answers\"}") > 0);
    for (int i = 0; i < pings; i++) {
      assertThat(publisher.line()).isEqualTo("{\"op\":\"pong\",\"ref\":" + ref + "}");
    }
    sent.join();
    assertThat(publisher.line()).isNull();
  }

  private CompletableFuture<Void> sendInBackground(String text) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            publisher.send(text).endOutput();
          } catch (IOException e) {
            throw new AssertionError("the gateway did not read on", e);
          }
        });
  }

  private void start(TransportKind kind, Mode mode) throws IOException {
    router = new FakeRouter(mode);
    server = new IngressServer(router, kind);
    publisher = server.connect();
  }

  private static String push(int i, String idPrefix) {
    return "{\"op\":\"push\",\"ref\":%d,\"id\":\"%s%d\",\"to\":\"user-%d\",\"data\":{\"n\":%d}}\n"
        .formatted(i, idPrefix, i, i % 100, i);
  }
}
