package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.testing.Peer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How the browser's client keeps its WebSocket; any gateway's misfortune is a frame or a close
 * here.
 */
final class ClientTest extends ScriptedPage {
  @BeforeEach
  void loadClient() {
    tab.goTo(gateway.url("/browser/client.html"));
    tab.await("window.ready");
  }

  @Test
  void namesTheUserInThePathAndOffersTheTokenBesideTheSubprotocol() {
    tab.eval("begin('o\\'neil+a/b@example.com', { token: () => 'aaa.bbb', window: 5 })");

    Peer peer = gateway.nextPeer();

    assertThat(peer.uri())
        .startsWith("/api/v1/notifications/ws/o'neil%2Ba%2Fb%40example.com?")
        .contains("window=5")
        .containsPattern("cid=[A-Za-z0-9_-]{1,64}");
    assertThat(peer.header("Sec-WebSocket-Protocol")).isEqualTo("pushgate.v1, bearer.aaa.bbb");
  }

  @Test
  void comesBackBehindTheNewestCursorOfEachJournal() {
    tab.eval("begin('alice')");
    Peer first = gateway.nextPeer().welcome(false);
    first.notification("u1", "a").notification("e5", "b").notification("u2", "c");
    tab.await("ids().length === 3");

    first.cut();

    assertThat(gateway.nextPeer().uri()).containsPattern("after=u2(,|%2C)e5");
  }

  @Test
  void beginsWhereThePageSays() {
    tab.eval("begin('alice', { after: 'u7,e3' })");

    assertThat(gateway.nextPeer().uri()).containsPattern("after=u7(,|%2C)e3");
  }

  @Test
  void handsOutWhatComesAgainOnlyOnce() {
    tab.eval("begin('alice')");
    Peer first = gateway.nextPeer().welcome(false).notification("u1", "a").notification("u2", "b");
    tab.await("ids().length === 2");
    first.cut();

    gateway.nextPeer().welcome(true).notification("u2", "b").notification("u3", "c");

    tab.await("ids().includes('c')");
    assertThat(tab.eval("ids().join()").asText()).isEqualTo("a,b,c");
  }

  @Test
  void saysItsAcknowledgementAgainWhenTheConnectionMayHaveSwallowedIt() {
    tab.eval("begin('alice')");
    Peer first = gateway.nextPeer().welcome(false).notification("u1", "a");
    tab.await("ids().length === 1");
    tab.eval("connection.ack()");
    assertThat(first.hear()).isEqualTo("{\"op\":\"ack\",\"cursor\":\"u1,e0\"}");
    first.cut();

    Peer second = gateway.nextPeer().welcome(true);

    assertThat(second.hear()).isEqualTo("{\"op\":\"ack\",\"cursor\":\"u1,e0\"}");
  }

  @ParameterizedTest
  @CsvSource({"1008,policy", "4403,forbidden_user", "4409,replaced"})
  void staysAwayWhereTheGatewaySaysSo(int code, String name) {
    tab.eval("begin('alice')");

    gateway.nextPeer().welcome(false).close(code);

    JsonNode closed = tab.await("states('closed')[0]");
    assertThat(closed.path("cause").path("code").asText()).isEqualTo(name);
    assertThat(tab.eval("states('waiting').length").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "1001,shutdown",
    "1012,drain",
    "1013,overloaded",
    "4408,heartbeat_missed",
    "4429,too_many_frames"
  })
  void comesBackAfterEveryOtherClose(int code, String name) {
    tab.eval("begin('alice')");

    gateway.nextPeer().welcome(false).close(code);

    JsonNode waiting = tab.await("states('waiting')[0]");
    assertThat(waiting.path("cause").path("code").asText()).isEqualTo(name);
    assertThat(waiting.path("retryInMs").asInt()).isBetween(0, 1000);
    gateway.nextPeer();
  }

  @Test
  void asksForAFreshTokenAfterItsOldOneExpired() {
    tab.eval("begin('alice', { token: ({ fresh }) => (fresh ? 'new.one' : 'old.one') })");

    gateway.nextPeer().welcome(false).close(4401);

    assertThat(gateway.nextPeer().header("Sec-WebSocket-Protocol"))
        .isEqualTo("pushgate.v1, bearer.new.one");
  }

  @Test
  void waitsForTheSlotThatTheGatewayGaveIt() {
    tab.eval("begin('alice')");

    Peer peer = gateway.nextPeer().welcome(false);
    peer.send("{\"op\":\"reconnect\",\"delayMs\":60000}").close(1012);

    JsonNode waiting = tab.await("states('waiting')[0]");
    assertThat(waiting.path("retryInMs").asInt()).isBetween(40_000, 60_000);
  }

  @Test
  void waitsLongerEachTimeUntilAConnectionLasts() {
    // Random is at its upper end, and the clock runs an hour ahead once "later" is set.
    tab.eval("Math.random = () => 0.999");
    tab.eval("Date.now = ((now) => () => now() + (window.later ? 3600000 : 0))(Date.now)");
    tab.eval("begin('alice')");
    gateway.nextPeer().welcome(false).close(1001);
    gateway.nextPeer().welcome(false).close(1001);
    Peer third = gateway.nextPeer().welcome(false);
    tab.await("states('open').length === 3");

    tab.eval("window.later = true");
    third.close(1001);

    tab.await("states('waiting').length === 3");
    assertThat(tab.eval("states('waiting').map((s) => s.retryInMs).join()").asText())
        .isEqualTo("999,1998,999");
  }

  @Test
  void asksASilentGatewayAndLeavesItWhenNothingComes() {
    tab.eval("begin('alice')");
    Peer peer = gateway.nextPeer().welcomeToSilence();

    assertThat(peer.hear()).isEqualTo("ping");
    peer.text("pong");
    assertThat(peer.hear()).isEqualTo("ping");

    JsonNode waiting = tab.await("states('waiting')[0]");
    assertThat(waiting.path("cause").path("code").asText()).isEqualTo("silent");
    gateway.nextPeer();
  }

  @Test
  void tellsThePageOfGapsRecallsAndAcknowledgementsAndSkipsWhatItDoesNotKnow() {
    tab.eval("begin('alice')");

    gateway
        .nextPeer()
        .welcome(false)
        .send("{\"op\":\"gap\"}")
        .send("{\"op\":\"somersault\",\"cursor\":\"u9\"}")
        .send("{\"op\":\"recall\",\"cursor\":\"u2\",\"id\":\"a\"}")
        .send("{\"op\":\"acked\",\"cursor\":\"u1\"}")
        .send("{\"op\":\"error\",\"code\":\"bad_frame\",\"message\":\"m\"}");

    tab.await("events.some((event) => event.name === 'Error')");
    assertThat(tab.eval("events.map((event) => event.name).join()").asText())
        .isEqualTo("State,State,Gap,Recall,Acked,Error");
    assertThat(tab.eval("connection.position").asText()).isEqualTo("u2,e0");
  }

  @Test
  void staysConnectedWhenThePageFailsOnAnEvent() {
    tab.eval("begin('alice', { onGap: () => { throw new Error('of the page'); } })");

    gateway.nextPeer().welcome(false).send("{\"op\":\"gap\"}").notification("u1", "a");

    tab.await("ids().length === 1");
    assertThat(tab.eval("connection.state").asText()).isEqualTo("open");
  }

  @Test
  void refusesANameThatNoUrlCanHold() {
    assertThat(tab.eval("(() => { try { begin('..') } catch (e) { return e.name } })()").asText())
        .isEqualTo("TypeError");
  }
}
