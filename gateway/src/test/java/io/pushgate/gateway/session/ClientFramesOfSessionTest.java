package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.FakeWire;
import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.Said;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.protocol.client.ClientErrorCode;
import io.pushgate.protocol.client.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client says on its WebSocket, and what it is answered. */
class ClientFramesOfSessionTest extends WebSocketContract {

  @Test
  void answersEveryKindOfPing() {
    TestSession session = open(ALICE, "");

    session.send("ping");
    session.send("{\"op\":\"ping\"}");
    session.wire().receive(TestSession.frame(0x89, new byte[] {1, 2, 3}));

    session.await("pong-text", 1).await("pong", 1).await("ping-answer", 1);
    assertThat(session.said("ping-answer").findFirst().orElseThrow().text()).isEqualTo("\1\2\3");
  }

  @Test
  void whatIsNoFrameIsAnErrorAndTheSessionLivesOn() {
    TestSession session = open(ALICE, "");
    List<String> malformed =
        List.of("", "{", "[]", "{}", "{\"op\":\"no\"}", "{\"op\":\"ack\"}", "{\"op\":1}", "PING");

    for (String text : malformed) {
      session.send(text);
    }
    node().push(PUSH);
    session.await("error", malformed.size()).awaitData(1);

    assertThat(session.said("error").map(ClientFramesOfSessionTest::code))
        .allMatch(code -> code == ClientErrorCode.BAD_FRAME);
  }

  @Test
  void aBadCursorIsAnErrorAndTheSessionLivesOn() {
    TestSession bob = open(BOB, "");
    node().push(TestPush.to(BOB));
    String foreign = bob.awaitData(1).cursor(0);
    TestSession session = open(ALICE, "");

    session.ack("x1");
    session.ack(foreign);
    session.ack("u~~");
    session.await("error", 3);

    assertThat(session.said("error").map(ClientFramesOfSessionTest::code))
        .allMatch(code -> code == ClientErrorCode.BAD_CURSOR);
    node().push(PUSH);
    session.awaitData(1);
  }

  private static ClientErrorCode code(Said said) {
    return ((ServerFrame.Error) said.frame()).code();
  }

  @Test
  void binaryMessagesCloseWithUnsupportedData() {
    TestSession session = open(ALICE, "");

    session.wire().receive(TestSession.frame(0x82, new byte[] {1}));

    assertThat(session.closed()).isEqualTo("unsupported_data");
  }

  @Test
  void aBrokenFrameClosesWithProtocolError() {
    TestSession session = open(ALICE, "");

    session.wire().receive(new byte[] {(byte) 0xF1, (byte) 0x80, 0, 0, 0, 0});

    assertThat(session.closed()).isEqualTo("protocol_error");
  }

  @Test
  void nothingThatCameBehindTheFaultIsAnswered() {
    TestSession session = open(ALICE, "");
    session.wire().takeOnly(0);
    byte[] binary = TestSession.frame(0x82, new byte[] {1});
    byte[] ping = TestSession.frame(0x89, new byte[] {2});
    byte[] text = TestSession.text("ping");
    byte[] both = new byte[binary.length + ping.length + text.length];
    System.arraycopy(binary, 0, both, 0, binary.length);
    System.arraycopy(ping, 0, both, binary.length, ping.length);
    System.arraycopy(text, 0, both, binary.length + ping.length, text.length);

    session.wire().receive(both);
    session.wire().receive(ping);
    session.wire().takeAll();

    assertThat(session.closed()).isEqualTo("unsupported_data");
    node().settle();
    assertThat(session.count("ping-answer") + session.count("pong-text")).isZero();
    assertThat(session.said().get(session.said().size() - 1).kind()).isEqualTo("close");
  }

  @Test
  void aCloseIsAnsweredInKind() {
    TestSession session = open(ALICE, "");

    session.wire().receive(TestSession.frame(0x88, new byte[] {0x03, (byte) 0xE8}));

    assertThat(session.closed()).isEqualTo("normal");
  }

  @Test
  void tooManyFramesCloseTheSession() {
    start(NodeSettings.DEFAULTS.clientRate(2));
    TestSession session = open(ALICE, "");

    for (int n = 0; n < 20; n++) {
      session.send("ping");
    }
    node().settle();
    assertThat(session.count("close")).isZero();
    session.send("{");

    assertThat(session.closed()).isEqualTo("too_many_frames");
  }

  @Test
  void pongsThatAnswerNothingCount() {
    start(NodeSettings.DEFAULTS.clientRate(2));
    TestSession session = open(ALICE, "");

    for (int n = 0; n < 20; n++) {
      session.wire().receive(TestSession.frame(0x8A, new byte[8]));
    }
    node().settle();
    assertThat(session.count("close")).isZero();
    session.wire().receive(TestSession.frame(0x8A, new byte[0]));

    assertThat(session.closed()).isEqualTo("too_many_frames");
  }

  @Test
  void fragmentsWithoutAByteCount() {
    start(NodeSettings.DEFAULTS.clientRate(2));
    TestSession session = open(ALICE, "");

    session.wire().receive(TestSession.frame(0x01, new byte[1]));
    for (int n = 0; n < 20; n++) {
      session.wire().receive(TestSession.frame(0x00, new byte[0]));
    }
    node().settle();
    assertThat(session.count("close")).isZero();
    session.wire().receive(TestSession.frame(0x00, new byte[0]));

    assertThat(session.closed()).isEqualTo("too_many_frames");
  }

  @Test
  void acknowledgementsThatMoveOnAreNotCounted() {
    start(NodeSettings.DEFAULTS.clientRate(1));
    TestSession session = open(ALICE, "");
    for (int n = 0; n < 50; n++) {
      node().push(PUSH);
      session.awaitData(n + 1).ack(session.cursor(n));
    }
    node().settle();
    assertThat(session.count("close")).isZero();

    for (int n = 0; n < 11; n++) {
      session.ack(session.cursor(3));
    }

    assertThat(session.closed()).isEqualTo("too_many_frames");
  }

  @Test
  void aClientThatLeavesItsAnswersIsNotRead() {
    TestSession session = open(ALICE, "");
    session.wire().takeOnly(0);

    for (int n = 0; n < 17; n++) {
      assertThat(session.wire().reading()).isTrue();
      session.send("{\"op\":\"ping\"}");
    }
    assertThat(session.wire().reading()).isFalse();
    session.wire().takeAll();
    session.await("pong", 17);

    assertThat(session.wire().reading()).isTrue();
  }

  @Test
  void pongsAndAckedAndPingAreStateAndNotAQueue() {
    TestSession session = open(ALICE, "");
    TestSession other = open(ALICE, "");
    session.wire().takeOnly(0);

    for (int n = 0; n < 100; n++) {
      session.wire().receive(TestSession.frame(0x89, new byte[] {(byte) n}));
      session.send("ping");
    }
    for (int n = 0; n < 20; n++) {
      node().push(PUSH);
      other.awaitData(n + 1).ack(other.cursor(n));
    }
    node().settle();
    assertThat(session.wire().reading()).isTrue();
    session.wire().takeAll();
    session.awaitData(20);
    node().settle();

    // One of each may have been begun before the socket was known to be full.
    assertThat(session.count("ping-answer")).isBetween(1L, 2L);
    assertThat(session.count("pong-text")).isBetween(1L, 2L);
    assertThat(session.count("acked")).isEqualTo(1);
    List<Said> pongs = session.said("ping-answer").toList();
    assertThat(pongs.get(pongs.size() - 1).text().getBytes(StandardCharsets.ISO_8859_1))
        .containsExactly(99);
    ServerFrame.Acked acked =
        (ServerFrame.Acked) session.said("acked").findFirst().orElseThrow().frame();
    assertThat(acked.cursor().toString()).isEqualTo(other.cursor(19));
  }

  @Test
  void whatCameBehindTheHandshakeIsTakenBehindTheWelcome() {
    FakeWire wire = new FakeWire(node().loop(0));
    wire.receive(TestSession.text("ping"));
    wire.receive(TestSession.text("{\"op\":\"ping\"}"));

    TestSession session = node().attach(wire, ALICE, "", 0, format);

    session.await("pong-text", 1).await("pong", 1);
    assertThat(session.said().get(0).kind()).isEqualTo("welcome");
  }
}
