package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.TransportKind;
import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.ShellCommand;
import io.pushgate.gateway.testing.TestAuthority;
import io.pushgate.gateway.testing.TestCertificate;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.ingress.BinaryFrames;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.NackCode;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishers that have to show a certificate, also those that are no Java. */
class ClientCertificateTest {
  private static final String PING = "{\"op\":\"ping\",\"ref\":1}\n";
  private static final String PONG = "{\"op\":\"pong\",\"ref\":1}";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private FakeRouter router;
  private TestAuthority authority;
  private TestCertificate billing;
  private IngressServer server;

  @BeforeEach
  void start() {
    router = new FakeRouter(Mode.AT_ONCE);
    authority = TestAuthority.create(folder, "authority");
    billing = authority.certify("billing");
    server = serve();
  }

  @AfterEach
  void stop() {
    server.close();
    router.close();
  }

  private IngressServer serve(String... more) {
    TestCertificate own = authority.certify("gateway");
    List<String> options = new ArrayList<>(List.of(more));
    options.add("ingress-tls-cert=" + own.certificate());
    options.add("ingress-tls-key=" + own.key());
    options.add("ingress-tls-client-ca=" + authority.certificate());
    return new IngressServer(
        router, TransportKind.AUTO, GatewayConfig.of(options.toArray(String[]::new)).ingress());
  }

  @Test
  void whoShowsACertificateIsLetIn() throws IOException {
    try (PublisherSocket publisher = server.connect(authority.client(billing))) {
      assertThat(publisher.send(PING).line()).isEqualTo(PONG);
    }
  }

  @Test
  void whoShowsNoneOrAnotherAuthoritysIsNot() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    TestAuthority other = TestAuthority.create(elsewhere, "other");

    assertRefused(authority.client());
    assertRefused(authority.client(other.certify("billing")));
    Waiting.until(
        "both failures are counted",
        () -> server.meter("pushgate_ingress_tls_handshakes_total{outcome=\"failed\"}") == 2);
  }

  /** A client of TLS 1.3 hears of it only when it reads. */
  private void assertRefused(SSLContext client) throws IOException {
    try (PublisherSocket publisher = server.connect(client)) {
      assertThatThrownBy(() -> publisher.send(PING).line()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void withoutTlsEachFormIsToldThatOneIsNeeded() throws IOException {
    try (PublisherSocket lines = server.connect()) {
      assertThat(lines.send(PING + PING).rest())
          .hasLineCount(1)
          .contains("\"code\":\"unauthorized\"", "a client certificate is needed");
    }
    try (PublisherSocket frames = server.connect()) {
      frames.send(new byte[] {0, 0, 0, 12, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7});
      byte[] length = frames.bytes(4);
      byte[] rest = frames.bytes(ByteBuffer.wrap(length).getInt());
      assertThat(BinaryFrames.readAnswer(Unpooled.wrappedBuffer(length, rest)).answer())
          .isInstanceOfSatisfying(
              IngressAnswer.Nack.class,
              nack -> {
                assertThat(nack.code()).isEqualTo(NackCode.UNAUTHORIZED);
                assertThat(nack.message()).contains("a client certificate is needed");
              });
      assertThat(frames.rest()).isEmpty();
    }
    try (PublisherSocket http = server.connect()) {
      http.send("POST /push HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n");
      HttpAnswer answer = HttpAnswer.read(http);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.body()).contains("a client certificate is needed");
    }
    assertThat(server.meter("pushgate_ingress_unauthorized_total{reason=\"no_certificate\"}"))
        .isEqualTo(3);
  }

  @Test
  void aSecretIsAskedForAsWell() throws IOException {
    server.close();
    Path secret = Files.writeString(folder.resolve("secret"), "swordfish\n");
    server = serve("ingress-secret-file=" + secret);
    String hello = "{\"op\":\"hello\",\"secret\":\"swordfish\"}\n";

    try (PublisherSocket publisher = server.connect(authority.client(billing))) {
      assertThat(publisher.send(PING).rest()).contains("unauthorized", "a secret is needed");
    }
    try (PublisherSocket publisher = server.connect(authority.client(billing))) {
      assertThat(publisher.send(hello + PING).lines(2)).last().isEqualTo(PONG);
    }
    try (PublisherSocket publisher = server.connect()) {
      assertThat(publisher.send(hello + PING).rest()).contains("a client certificate is needed");
    }
  }

  @Test
  void curlPushesByAnyNameOfTheHost() {
    Finished curl =
        Finished.run(
            "curl",
            "-sS",
            "--cacert",
            authority.certificate().toString(),
            "--cert",
            billing.certificate().toString(),
            "--key",
            billing.key().toString(),
            "-H",
            "Host: gateway.internal",
            "--data-binary",
            "{\"to\":\"a\",\"data\":1}",
            "https://localhost:%d/push".formatted(server.port()));

    assertThat(curl.output()).startsWith("{\"op\":\"ack\"").hasLineCount(1);
  }

  /** A line {@code R} asks for it in s_client, which then waits for an end that must come. */
  @Test
  void opensslIsAnsweredAndMayNotNegotiateAnew() throws Exception {
    String client =
        "openssl s_client -verify_return_error -tls1_2 -connect localhost:%d -CAfile %s -cert %s"
                .formatted(server.port(), authority.certificate(), billing.certificate())
            + " -key "
            + billing.key();
    Path fifo = folder.resolve("input");
    Finished.run("mkfifo", fifo.toString());
    try (ShellCommand openssl =
            ShellCommand.start(folder, "exec " + client + " < " + fifo, Map.of());
        Writer input = Files.newBufferedWriter(fifo)) {
      input.append(PING).flush();
      openssl.awaitLine(Pattern.compile(Pattern.quote(PONG)), PATIENCE);
      input.append("R\n").flush();

      openssl.awaitExit(PATIENCE); // Though more may come from its input.
      assertThat(openssl.output()).contains("RENEGOTIATING");
    }
  }
}
