package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.pushgate.gateway.broker.ReceiptTo;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.IngressConfig;
import io.pushgate.gateway.config.TransportKind;
import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.protocol.ingress.BinaryFrames;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.Ref;
import io.pushgate.protocol.ingress.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in by the secrets of the ingress port, in lines and in frames. */
class IngressSecretTest {
  private static final String HELLO = "{\"op\":\"hello\",\"secret\":\"swordfish\"}\n";
  private static final String PING = "{\"op\":\"ping\",\"ref\":7}\n";
  private static final String PONG = "{\"op\":\"pong\",\"ref\":7}";
  private static final int LIMIT = 4096;

  @TempDir Path folder;
  private final Metrics metrics = new Metrics();
  private FakeRouter router;
  private IngressServer server;
  private PublisherSocket publisher;

  @BeforeEach
  void start() throws IOException {
    router = new FakeRouter(Mode.AT_ONCE);
    server =
        new IngressServer(
            router,
            TransportKind.AUTO,
            GatewayConfig.of("ingress-secret-file=" + secrets(), "handshake-timeout=1m").ingress());
    publisher = server.connect();
  }

  private Path secrets() throws IOException {
    return Files.writeString(folder.resolve("secrets"), "billing:swordfish\norders:mackerel\n");
  }

  @AfterEach
  void stop() throws IOException {
    publisher.close();
    server.close();
    router.close();
    metrics.close();
  }

  @Test
  void whoNamesTheSecretIsLetInAndHeardFromThenOn() throws IOException {
    String large = "{\"op\":\"push\",\"to\":\"a\",\"data\":\"%s\"}\n".formatted("x".repeat(LIMIT));
    publisher.send(HELLO + PING + large);

    assertThat(publisher.line()).isEqualTo("{\"op\":\"ok\",\"resumed\":false}");
    assertThat(publisher.line()).isEqualTo(PONG);
    assertThat(publisher.line()).contains("\"op\":\"ack\"");
    assertThat(unauthorized("wrong_secret") + unauthorized("no_secret")).isZero();
  }

  @Test
  void aPublishersNameIsOpenedByItsOwnSecretAlone() throws IOException {
    publisher.send(named("orders", "mackerel") + PING);
    assertThat(publisher.line()).contains("\"op\":\"ok\"", "\"cursor\"");
    assertThat(publisher.line()).isEqualTo(PONG);

    try (PublisherSocket other = server.connect()) {
      other.send(named("billing", "mackerel") + PING);
      assertThat(other.rest())
          .contains(
              "\"op\":\"nack\"", "\"code\":\"unauthorized\"", "wrong secret for this publisher")
          .doesNotContain("pong", "mackerel");
    }
    assertThat(unauthorized("wrong_secret")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\":\"ping\",\"ref\":1}\n",
        "{\"op\":\"push\",\"ref\":1,\"to\":\"a\",\"data\":1}\n",
        "{\"op\":\"hello\",\"ref\":1}\n",
        "{\"op\":\"hello\",\"ref\":1,\"secret\":\"sword\"}\n",
        "{\"op\":\"hello\",\"ref\":1,\"secret\":\"\"}\n",
        "{\"op\":\"hello\",\"ref\":1,\"publisher\":\"billing\"}\n",
        "{\"op\":\"hello\",\"ref\":1,\"secret\":\"swordfish\",\"publisher\":\"\"}\n",
        "{\"ref\":1,\"op\":\"guess\"}\n"
      })
  void allElseIsAnsweredOnceAndTheConnectionEnds(String first) throws IOException {
    publisher.send(first + HELLO + PING);

    assertThat(publisher.line()).startsWith("{\"op\":\"nack\",\"ref\":1,\"code\":\"unauthorized\"");
    assertThat(publisher.rest()).isEmpty();
    assertThat(router.published()).isZero();
    assertThat(unauthorized("wrong_secret") + unauthorized("no_secret")).isEqualTo(1);
  }

  @Test
  void aLineThatIsNoJsonIsNoHello() throws IOException {
    publisher.send("{]\n" + HELLO);

    assertThat(publisher.rest()).hasLineCount(1).contains("\"code\":\"unauthorized\"");
  }

  @Test
  void aHelloOfFourKibibytesIsTaken() throws IOException {
    publisher.send(helloOf(LIMIT) + "\r\n" + PING);

    assertThat(publisher.line()).contains("\"op\":\"ok\"");
    assertThat(publisher.line()).isEqualTo(PONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "", "x"})
  void aByteMoreIsTooLarge(String end) throws IOException {
    publisher.send(helloOf(LIMIT + 1) + end);
    if (end.isEmpty()) {
      publisher.endOutput();
    }

    assertThat(publisher.rest()).hasLineCount(1).contains("\"code\":\"too_large\"", "4096");
  }

  /** By a clock of the test's own. */
  @Test
  void aHelloByteByByteIsCutOffInTime() throws IOException {
    EmbeddedChannel channel = embedded();
    for (int i = 0; i < 9; i++) {
      send(channel, HELLO.substring(i, i + 1));
      pass(channel, 1);
      assertThat(sent(channel)).isEmpty();
    }
    pass(channel, 1);

    assertThat(sent(channel)).contains("\"code\":\"unauthorized\"", "in time");
    assertThat(channel.isOpen()).isFalse();
    assertThat(metrics.scrape())
        .contains("pushgate_limit_hits_total{limit=\"handshake-timeout\"} 1.0");
    channel.finishAndReleaseAll();
  }

  @Test
  void whoWasLetInMayBeSilentForLonger() throws IOException {
    EmbeddedChannel channel = embedded();
    send(channel, HELLO);
    pass(channel, 100);
    send(channel, PING);

    assertThat(sent(channel)).hasLineCount(2).contains("\"op\":\"ok\"", PONG);
    channel.finishAndReleaseAll();
  }

  private EmbeddedChannel embedded() throws IOException {
    IngressConfig config = GatewayConfig.of("ingress-secret-file=" + secrets()).ingress();
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.freezeTime();
    channel
        .pipeline()
        .addLast(
            new IngressInitializer(
                router, config, Optional.empty(), metrics, IngressServer.room()));
    return channel;
  }

  private static void send(EmbeddedChannel channel, String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  private static void pass(EmbeddedChannel channel, long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runPendingTasks();
  }

  private static String sent(EmbeddedChannel channel) {
    StringBuilder all = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      all.append(part.toString(StandardCharsets.UTF_8));
      part.release();
    }
    return all.toString();
  }

  @Test
  void framesAreHeldToTheSame() throws IOException {
    publisher.send(frame(new IngressRequest.Hello("swordfish", "billing", null)));
    publisher.send(frame(new IngressRequest.Ping()));
    assertThat(answer(publisher)).isInstanceOf(IngressAnswer.Ok.class);
    assertThat(answer(publisher)).isEqualTo(new IngressAnswer.Pong());

    for (IngressRequest first :
        new IngressRequest[] {
          new IngressRequest.Ping(),
          new IngressRequest.Hello("sword", null, null),
          new IngressRequest.Hello("swordfish", "orders", null)
        }) {
      try (PublisherSocket other = server.connect()) {
        other.send(frame(first)).send(frame(new IngressRequest.Ping()));
        assertThat(answer(other))
            .isInstanceOfSatisfying(
                IngressAnswer.Nack.class,
                nack -> assertThat(nack.code()).isEqualTo(NackCode.UNAUTHORIZED));
        assertThat(other.rest()).isEmpty();
      }
    }
  }

  @Test
  void aFrameOfFourKibibytesIsTakenAndAByteMoreIsNot() throws IOException {
    publisher.send(helloFrameOf(LIMIT));
    assertThat(answer(publisher)).isInstanceOf(IngressAnswer.Ok.class);

    try (PublisherSocket other = server.connect()) {
      other.send(helloFrameOf(LIMIT + 1));
      assertThat(answer(other))
          .isInstanceOfSatisfying(
              IngressAnswer.Nack.class,
              nack -> assertThat(nack.code()).isEqualTo(NackCode.TOO_LARGE));
      assertThat(other.rest()).isEmpty();
    }
  }

  @Test
  void receiptsGoToThePublisherThatWasLetIn() throws IOException {
    publisher.send(
        named("billing", "swordfish")
            + "{\"op\":\"push\",\"to\":\"a\",\"data\":1,\"receipt\":true}\n");
    publisher.lines(2);

    assertThat(router.addressees()).containsExactly(new ReceiptTo.Publisher("billing"));
  }

  private double unauthorized(String reason) {
    return server.meter("pushgate_ingress_unauthorized_total{reason=\"%s\"}".formatted(reason));
  }

  private static String named(String publisher, String secret) {
    return "{\"op\":\"hello\",\"publisher\":\"%s\",\"secret\":\"%s\"}\n"
        .formatted(publisher, secret);
  }

  private static String helloOf(int bytes) {
    String hello = HELLO.strip();
    return "{" + " ".repeat(bytes - hello.length()) + hello.substring(1);
  }

  private static byte[] helloFrameOf(int rest) {
    byte[] empty = frame(new IngressRequest.Hello("swordfish", null, ""));
    String after = "x".repeat(rest + BinaryFrames.LENGTH_BYTES - empty.length);
    return frame(new IngressRequest.Hello("swordfish", null, after));
  }

  private static byte[] frame(IngressRequest request) {
    ByteBuf frame = Unpooled.buffer();
    BinaryFrames.writeRequest(new Envelope(Ref.correlation(7), request), frame);
    return ByteBufUtil.getBytes(frame);
  }

  private static IngressAnswer answer(PublisherSocket from) throws IOException {
    byte[] length = from.bytes(BinaryFrames.LENGTH_BYTES);
    byte[] rest = from.bytes(ByteBuffer.wrap(length).getInt());
    Reply reply = BinaryFrames.readAnswer(Unpooled.wrappedBuffer(length, rest));
    return reply.answer();
  }
}
