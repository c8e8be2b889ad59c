package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Peer;
import io.pushgate.gateway.testing.ScriptedGateway.Answer;
import io.pushgate.gateway.testing.ScriptedGateway.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the browser's client reads the same session as server-sent events. */
final class ClientEventStreamTest extends ScriptedPage {
  @BeforeEach
  void loadClient() {
    tab.goTo(gateway.url("/browser/client.html"));
    tab.await("window.ready");
  }

  @Test
  void readsAndResumesAStream() {
    tab.eval("begin('alice', { transport: 'sse', token: () => 'aaa.bbb' })");
    Peer first = gateway.nextPeer().welcome(false).notification("u1", "a");
    tab.await("ids().length === 1");
    assertThat(first.uri()).startsWith("/api/v1/notifications/sse/alice?");
    assertThat(first.header("Authorization")).isEqualTo("Bearer aaa.bbb");

    first.cut();

    Peer second = gateway.nextPeer();
    assertThat(second.uri()).containsPattern("after=u1(,|%2C)e0");
    second.welcome(true).notification("u1", "a").notification("u2", "b");
    tab.await("ids().includes('b')");
    assertThat(tab.eval("ids().join()").asText()).isEqualTo("a,b");
  }

  @Test
  void postsItsAcknowledgements() {
    tab.eval("begin('alice', { transport: 'sse' })");
    gateway.nextPeer().welcome(false).notification("u1", "a");
    tab.await("ids().length === 1");

    tab.eval("connection.ack()");

    Request posted = gateway.nextRequest();
    assertThat(posted.method()).isEqualTo("POST");
    assertThat(posted.uri()).startsWith("/api/v1/notifications/ack/alice");
    assertThat(posted.body()).isEqualTo("{\"cursor\":\"u1,e0\"}");
  }

  @Test
  void staysAwayWhenItWasReplaced() {
    tab.eval("begin('alice', { transport: 'sse' })");

    gateway.nextPeer().welcome(false).endWith("replaced");

    assertThat(tab.await("states('closed')[0]").path("cause").path("code").asText())
        .isEqualTo("replaced");
  }

  @Test
  void leavesAStreamWhoseHeartbeatsStop() {
    tab.eval("begin('alice', { transport: 'sse' })");

    gateway.nextPeer().welcomeToSilence();

    assertThat(tab.await("states('waiting')[0]").path("cause").path("code").asText())
        .isEqualTo("silent");
    gateway.nextPeer();
  }

  @Test
  void takesOverWhereAProxyDropsTheUpgrade() {
    gateway.refuseHandshakes(new Answer(426, "text/plain", ""));
    gateway.answerPlainRequests(
        Answer.problem(
            426,
            """
            {"code":"upgrade_required","attempt":\
            {"seen":true,"status":426,"code":"upgrade_required"}}"""));

    tab.eval("begin('alice', { transport: 'auto' })");

    gateway.nextPeer().welcome(false).notification("u1", "a");
    tab.await("ids().length === 1");
    assertThat(tab.eval("states('open')[0].transport").asText()).isEqualTo("sse");
  }
}
