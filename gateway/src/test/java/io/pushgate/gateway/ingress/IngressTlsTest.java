package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.TransportKind;
import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.testing.TestAuthority;
import io.pushgate.gateway.testing.TestCertificate;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on the ingress port, seen by a client of the JDK. */
class IngressTlsTest {
  private static final String PING = "{\"op\":\"ping\"}\n";
  private static final String PONG = "{\"op\":\"pong\"}";

  @TempDir Path folder;
  private FakeRouter router;
  private TestAuthority authority;
  private TestCertificate certificate;
  private IngressServer server;

  @BeforeEach
  void start() throws IOException {
    router = new FakeRouter(Mode.AT_ONCE);
    authority = TestAuthority.create(folder, "authority");
    certificate = authority.certify("gateway");
    server = serve(TransportKind.AUTO);
  }

  @AfterEach
  void stop() {
    server.close();
    router.close();
  }

  private IngressServer serve(TransportKind kind, String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    options.add("ingress-tls-cert=" + certificate.certificate());
    options.add("ingress-tls-key=" + certificate.key());
    return new IngressServer(
        router, kind, GatewayConfig.of(options.toArray(String[]::new)).ingress());
  }

  static List<TransportKind> transports() {
    return IngressServer.transports();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void eachFormIsSpokenWithinTls(TransportKind kind) throws IOException {
    server.close();
    server = serve(kind);
    try (PublisherSocket lines = server.connect(authority.client())) {
      assertThat(lines.send(PING).line()).isEqualTo(PONG);
    }
    try (PublisherSocket frames = server.connect(authority.client())) {
      byte[] ping = {0, 0, 0, 12, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7};
      assertThat(frames.send(ping).bytes(16)[5]).isEqualTo((byte) 0x83);
    }
    try (PublisherSocket http = server.connect(authority.client())) {
      http.send("POST /push HTTP/1.1\r\nHost: localhost\r\nContent-Length: 13\r\n\r\n" + PING);
      assertThat(HttpAnswer.read(http).status()).isEqualTo(200);
    }
    assertThat(server.meter("pushgate_publishers_total{form=\"json\"}")).isEqualTo(1);
    assertThat(handshakes("accepted")).isEqualTo(3);
  }

  @Test
  void withoutTlsThePortIsSpokenToAsBefore() throws IOException {
    try (PublisherSocket plain = server.connect()) {
      assertThat(plain.send(PING).line()).isEqualTo(PONG);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothVersionsAreSpokenAndNoOlderOne(String version) throws IOException {
    SSLSocket socket = tls(version);
    try (PublisherSocket publisher = new PublisherSocket(socket)) {
      assertThat(publisher.send(PING).line()).isEqualTo(PONG);
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    }
  }

  private SSLSocket tls(String version) throws IOException {
    SSLSocket socket =
        (SSLSocket) authority.client().getSocketFactory().createSocket("127.0.0.1", server.port());
    socket.setEnabledProtocols(new String[] {version});
    return socket;
  }

  /** Which is close_notify alone: the socket stays open in both directions. */
  @Test
  void behindAHalfCloseAllAnswersAreSentAndTheEndIsTold() throws IOException {
    SSLSocket socket = tls("TLSv1.3");
    try (PublisherSocket publisher = new PublisherSocket(socket)) {
      String push = "{\"op\":\"push\",\"to\":\"a\",\"id\":\"x\",\"data\":1}\n";
      publisher.send(push.repeat(2_000) + PING.strip()).endOutput();

      assertThat(publisher.rest()).hasLineCount(2_001).endsWith(PONG + "\n");
    }
  }

  @Test
  void answersThatComeLaterThanTheHalfCloseAreSentToo() throws IOException {
    FakeRouter late = new FakeRouter(Mode.HELD_BACK);
    server.close();
    router.close();
    router = late;
    server = serve(TransportKind.AUTO);
    try (PublisherSocket publisher = server.connect(authority.client())) {
      publisher.send("{\"op\":\"push\",\"to\":\"a\",\"id\":\"x\",\"data\":1}\n").endOutput();
      Waiting.until("the push is taken", () -> late.published() == 1);
      long handled = server.handledBytes();
      assertThat(handled).isPositive();
      late.release();

      assertThat(publisher.rest()).hasLineCount(1).contains("\"op\":\"ack\"");
    }
  }

  @Test
  void whoIsSentAwayIsToldSoBeforeTheEnd() throws IOException {
    try (PublisherSocket publisher = server.connect(authority.client())) {
      assertThat(publisher.send(PING).line()).isEqualTo(PONG);
      server.connections().drain();

      assertThat(publisher.rest()).isEqualTo("{\"op\":\"goaway\",\"reason\":\"draining\"}\n");
    }
  }

  @Test
  void tlsWithinTlsIsClosed() throws IOException {
    try (PublisherSocket publisher = server.connect(authority.client())) {
      assertThat(publisher.send(new byte[] {0x16}).rest()).isEmpty();
    }
    assertThat(server.meter("pushgate_publishers_total{form=\"tls\"}")).isEqualTo(1);
  }

  @Test
  void whatBeginsLikeTlsAndIsNoneIsClosedAndCounted() throws IOException {
    try (PublisherSocket publisher = server.connect()) {
      publisher.send(new byte[] {0x16, 'n', 'o', 'n', 'e', '!', '!'});
      publisher.rest();
    }
    Waiting.until("the failure is counted", () -> handshakes("failed") == 1);
  }

  @Test
  void aHandshakeThatIsNotFinishedInTimeIsClosed() throws IOException {
    server.close();
    server = serve(TransportKind.AUTO, "handshake-timeout=10s");
    try (PublisherSocket halfway = server.connect();
        PublisherSocket silent = server.connect(authority.client())) {
      halfway.send(new byte[] {0x16, 3, 1});
      silent.certificate(); // The handshake is over, and nothing follows.
      assertThat(halfway.rest()).isEmpty();
      assertThat(silent.rest()).isEmpty();
    }
    assertThat(server.meter("pushgate_limit_hits_total{limit=\"handshake-timeout\"}")).isEqualTo(2);
  }

  @Test
  void aNewCertificateIsForNewConnectionsAndOpenOnesLiveOn() throws Exception {
    try (PublisherSocket open = server.connect(authority.client())) {
      assertThat(open.send(PING).line()).isEqualTo(PONG);
      TestCertificate next = authority.certify("renewed");
      replace(certificate.key(), next.key());
      replace(certificate.certificate(), next.certificate());

      Waiting.until("the new one is shown", () -> shown(authority.client()).contains("renewed"));
      assertThat(open.send(PING).line()).isEqualTo(PONG);
      assertThat(open.certificate().getSubjectX500Principal().getName()).contains("gateway");
    }
  }

  @Test
  void garbageLeavesTheOldCertificateAndIsCounted() throws Exception {
    Files.writeString(certificate.certificate(), "garbage");
    Waiting.until("the garbage is seen", () -> unusable() > 0);

    assertThat(shown(authority.client())).contains("gateway");
    assertThat(server.meter("pushgate_ingress_certificate_expiry_seconds"))
        .isGreaterThan(System.currentTimeMillis() / 1_000.0);
  }

  private double unusable() {
    return server.meter("pushgate_ingress_certificate_unusable_total");
  }

  private double handshakes(String outcome) {
    return server.meter("pushgate_ingress_tls_handshakes_total{outcome=\"%s\"}".formatted(outcome));
  }

  private String shown(SSLContext client) {
    try (PublisherSocket publisher = server.connect(client)) {
      return publisher.certificate().getSubjectX500Principal().getName();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void replace(Path file, Path by) throws IOException {
    Files.move(by, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What an operator may get wrong. */
  enum Fault {
    MISSING("--ingress-tls-cert: ", "holds nothing that can be read"),
    NO_CERTIFICATE("--ingress-tls-cert: ", "holds no PEM block CERTIFICATE"),
    EXPIRED("--ingress-tls-cert: ", "holds a certificate that expired at 20"),
    OTHER_KEY("--ingress-tls-key: ", "holds a key that is not that of "),
    OLD_FORM("--ingress-tls-key: ", "holds EC PRIVATE KEY; expected PRIVATE KEY, which openssl"),
    NO_CA("--ingress-tls-client-ca: ", "holds no PEM block CERTIFICATE");

    private final String option;
    private final String held;

    Fault(String option, String held) {
      this.option = option;
      this.held = held;
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void filesThatCannotBeUsedAreNamed(Fault fault) throws IOException {
    List<String> more = new ArrayList<>();
    switch (fault) {
      case MISSING -> Files.delete(certificate.certificate());
      case NO_CERTIFICATE -> Files.writeString(certificate.certificate(), "garbage");
      case EXPIRED -> certificate = TestCertificate.expired(folder, "old");
      case OTHER_KEY ->
          certificate =
              new TestCertificate(certificate.certificate(), authority.certify("other").key());
      case OLD_FORM ->
          Files.writeString(
              certificate.key(),
              "-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----\n");
      case NO_CA -> more.add("ingress-tls-client-ca=" + certificate.key());
    }

    assertThatThrownBy(() -> serve(TransportKind.AUTO, more.toArray(String[]::new)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(fault.option)
        .hasMessageContaining(fault.held);
  }
}
