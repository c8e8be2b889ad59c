package io.pushgate.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.broker.Start;
import io.pushgate.gateway.session.SessionRequest;
import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.protocol.UserId;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Handshakes that are let in, and what the session behind them is told. */
class SessionOpeningTest {
  private static final String ALICE = "/api/v1/notifications/ws/alice@example.com";
  private static final String STREAM = "/api/v1/notifications/sse/alice@example.com";

  private PublicServer server;

  @BeforeEach
  void start() {
    server = new PublicServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void opensAWebSocketWithTheAnswerOfTheRfc() throws Exception {
    try (RawClient client = server.connect()) {
      RawClient.Answer answer = client.lines(handshake(ALICE, "")).head();
      assertThat(answer.status()).isEqualTo(101);
      assertThat(answer.header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(answer.header("upgrade")).isEqualTo("websocket");
      assertThat(answer.header("connection")).isEqualToIgnoringCase("upgrade");
      assertThat(answer.header("x-pushgate-gateway")).isEqualTo(PublicServer.NODE);
      assertThat(answer.headers()).doesNotContainKeys("sec-websocket-protocol", "content-length");
      assertThat(client.read(5)).isEqualTo("hello");
      SessionRequest session = attached();
      assertThat(session.user()).isEqualTo(UserId.of("alice@example.com"));
      assertThat(session.start()).isEqualTo(Start.ACKNOWLEDGED);
      assertThat(session.window()).isZero();
      assertThat(session.format()).isEqualTo(Format.WEBSOCKET);
      assertThat(session.client().isLoopbackAddress()).isTrue();
    }
  }

  @Test
  void selectsTheProtocolAmongThoseOffered() throws Exception {
    try (RawClient client = server.connect()) {
      String offer = "Sec-WebSocket-Protocol: bearer.abc, pushgate.v1\n";
      RawClient.Answer answer = client.lines(handshake(ALICE, offer)).head();
      assertThat(answer.status()).isEqualTo(101);
      assertThat(answer.header("sec-websocket-protocol")).isEqualTo("pushgate.v1");
    }
  }

  @Test
  void keepsTheFramesThatCameBehindTheHandshake() throws Exception {
    try (RawClient client = server.connect()) {
      client.lines(handshake(ALICE, "")).send("early");
      assertThat(client.head().status()).isEqualTo(101);
      client.send("later");
      assertThat(received(10)).isEqualTo("earlylater");
    }
    try (RawClient client = server.connect()) {
      client.send(handshake(ALICE, "").replace("\n", "\r\n") + "\u0081\u0085frame");
      assertThat(client.head().status()).isEqualTo(101);
      assertThat(received(7)).isEqualTo("\u0081\u0085frame");
    }
  }

  @Test
  void opensAWebSocketWhereverTheHandshakeIsCut() throws Exception {
    String bytes = handshake(ALICE + "?after=end&window=5", "").replace("\n", "\r\n") + "frame";
    for (int cut = 1; cut < bytes.length(); cut++) {
      try (RawClient client = server.connect()) {
        client.send(bytes.substring(0, cut)).send(bytes.substring(cut));
        assertThat(client.head().status()).as("cut at %d", cut).isEqualTo(101);
        assertThat(attached().window()).isEqualTo(5);
        assertThat(received(5)).as("cut at %d", cut).isEqualTo("frame");
      }
    }
  }

  @Test
  void tellsTheSessionWhatTheQueryAsksFor() throws Exception {
    assertThat(open(ALICE + "?after=u1.2%2Ce3&window=1024&cid=a-1").start())
        .isEqualTo(Start.parse("u1.2,e3"))
        .isInstanceOf(Start.After.class);
    assertThat(open(ALICE + "?after=end").start()).isInstanceOf(Start.End.class);
    assertThat(open(ALICE + "?after=").start()).isEqualTo(Start.ACKNOWLEDGED);
    assertThat(open(ALICE + "?after=%zz").start()).isInstanceOf(Start.Unusable.class);
    assertThat(open(ALICE + "?unknown=1&window=7").window()).isEqualTo(7);
  }

  @Test
  void opensAnEventStreamThatEndsWithItsConnection() throws Exception {
    try (RawClient client = server.connect()) {
      RawClient.Answer answer = client.lines(get(STREAM, "")).head();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
      assertThat(answer.header("cache-control")).isEqualTo("no-store");
      assertThat(answer.header("x-accel-buffering")).isEqualTo("no");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(answer.header("x-pushgate-gateway")).isEqualTo(PublicServer.NODE);
      assertThat(answer.headers()).doesNotContainKeys("content-length", "transfer-encoding");
      assertThat(client.read(5)).isEqualTo("hello");
      assertThat(attached().format()).isEqualTo(Format.SSE);
    }
  }

  @Test
  void resumesAStreamFromTheLastEventRatherThanFromItsUrl() throws Exception {
    assertThat(stream(STREAM + "?after=u1", "Last-Event-ID: u2,e1\n").start())
        .isEqualTo(Start.parse("u2,e1"));
    assertThat(stream(STREAM + "?after=u1", "Last-Event-ID:\n").start())
        .isEqualTo(Start.parse("u1"));
    assertThat(stream(STREAM, "").start()).isEqualTo(Start.ACKNOWLEDGED);
  }

  @Test
  void takesTheClientsAddressFromATrustedProxy() throws Exception {
    try (RawClient client = server.connect()) {
      client.lines(handshake(ALICE, "X-Forwarded-For: 6.6.6.6, 127.0.0.9\n"));
      assertThat(client.answer().code()).isEqualTo("unauthorized");
    }
    try (RawClient client = server.connect()) {
      client.lines(handshake(ALICE, "X-Forwarded-For: 127.0.0.9, ::1\n"));
      assertThat(client.head().status()).isEqualTo(101);
      assertThat(attached().client().getHostAddress()).isEqualTo("127.0.0.9");
    }
  }

  private SessionRequest open(String target) throws Exception {
    try (RawClient client = server.connect()) {
      assertThat(client.lines(handshake(target, "")).head().status()).isEqualTo(101);
      return attached();
    }
  }

  private SessionRequest stream(String target, String headers) throws Exception {
    try (RawClient client = server.connect()) {
      assertThat(client.lines(get(target, headers)).head().status()).isEqualTo(200);
      return attached();
    }
  }

  private SessionRequest attached() throws InterruptedException {
    SessionRequest session = server.router.attached.poll(60, TimeUnit.SECONDS);
    assertThat(session).isNotNull();
    return session;
  }

  private String received(int bytes) throws InterruptedException {
    StringBuilder received = new StringBuilder();
    while (received.length() < bytes) {
      String more = server.router.received.poll(60, TimeUnit.SECONDS);
      assertThat(more).as("behind '%s'", received).isNotNull();
      received.append(more);
    }
    return received.toString();
  }

  private static String get(String target, String headers) {
    return "GET " + target + " HTTP/1.1\nHost: localhost\n" + headers + "\n";
  }

  static String handshake(String target, String headers) {
    return get(
        target,
        "Upgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Version: 13\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n"
            + headers);
  }
}
