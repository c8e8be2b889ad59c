package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.config.TransportKind;
import io.pushgate.gateway.ingress.FakeRouter.Mode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
      Eventually.see("the bound is reached", () -> router.published() == bound);
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
      Eventually.see("the bound is reached", () -> router.published() == expected);
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
  void stopsReadingFromAPublisherThatReadsNoAnswers(TransportKind kind) throws IOException {
    start(kind, Mode.AT_ONCE);
    String ref = "\"" + "x".repeat(64) + "\"";
    String line = "{\"op\":\"ping\",\"ref\":" + ref + "}\n";
    byte[] ping = line.getBytes(StandardCharsets.US_ASCII);
    long written = writeUntilStuck(ping);
    assertThat(written).isLessThan(64 << 20);
    CompletableFuture<Void> rest = sendInBackground(line.substring((int) (written % ping.length)));
    long pings = written / ping.length + 1;
    for (long i = 0; i < pings; i++) {
      assertThat(publisher.line()).isEqualTo("{\"op\":\"pong\",\"ref\":" + ref + "}");
    }
    rest.join();
    assertThat(publisher.line()).isNull();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void stopsReadingFromAnHttpClientThatReadsNoAnswers(TransportKind kind) throws IOException {
    start(kind, Mode.AT_ONCE);
    String pings = "{\"op\":\"ping\"}\n".repeat(1_000);
    String head = "POST /push HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";
    String request = head + pings.length() + "\r\n\r\n" + pings;
    byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
    long written = writeUntilStuck(bytes);
    assertThat(written).isLessThan(64 << 20);
    CompletableFuture<Void> rest =
        sendInBackground(request.substring((int) (written % bytes.length)));
    long requests = written / bytes.length + 1;
    for (long i = 0; i < requests; i++) {
      assertThat(HttpAnswer.read(publisher).lines()).hasSize(1_000);
    }
    rest.join();
    assertThat(publisher.line()).isNull();
  }

  /** Writes repetitions of a line until nothing has moved on either side for a while. */
  private long writeUntilStuck(byte[] line) throws IOException {
    byte[] many = new byte[line.length * 2_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = line[i % line.length];
    }
    long written = 0;
    SocketChannel channel = publisher.channel();
    channel.configureBlocking(false);
    long movedNanos = System.nanoTime();
    long handled = server.handledBytes();
    ByteBuffer next = ByteBuffer.wrap(many);
    while (System.nanoTime() - movedNanos < Duration.ofMillis(500).toNanos()) {
      int taken = channel.write(next);
      if (!next.hasRemaining()) {
        next.rewind();
      }
      if (taken > 0 || handled != server.handledBytes()) {
        written += taken;
        handled = server.handledBytes();
        movedNanos = System.nanoTime();
      }
    }
    channel.configureBlocking(true);
    return written;
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
