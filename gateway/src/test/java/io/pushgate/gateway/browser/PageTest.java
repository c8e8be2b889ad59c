package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.Peer;
import io.pushgate.gateway.testing.ScriptedGateway.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader of the page at "/" sees. */
final class PageTest extends ScriptedPage {
  @BeforeEach
  void loadPage() {
    tab.goTo(gateway.url("/"));
  }

  @Test
  void showsWhatArrivesUnderTheNameThatWasTyped() {
    tab.type("#name", "alice@example.com");
    tab.click("#connect");

    Peer peer = gateway.nextPeer().welcome(false);
    peer.notification("u1", "inv-17");

    tab.await("document.querySelectorAll('#list .item').length === 1");
    assertThat(peer.uri()).startsWith("/api/v1/notifications/ws/alice%40example.com");
    assertThat(tab.text("#state")).isEqualTo("Connected · WebSocket");
    assertThat(tab.text("#list")).contains("\"of\": \"inv-17\"");
    assertThat(tab.eval("location.hash").asText()).isEqualTo("#alice%40example.com");
  }

  @Test
  void showsWhatPeersSentAsTextNeverAsMarkup() {
    connectAs("alice")
        .send(
            """
            {"op":"notification","cursor":"u1","id":"<i>1</i>","type":"<img src=x>","ts":1,\
            "data":"<script>window.pwned = 1</script>"}""");

    tab.await("document.querySelectorAll('#list .item').length === 1");
    assertThat(tab.text("#list"))
        .contains("<img src=x>", "<i>1</i>", "<script>window.pwned = 1</script>");
    assertThat(
            tab.eval("document.querySelectorAll('#list img, #list i, #list script').length")
                .asInt())
        .isZero();
  }

  @Test
  void acknowledgesInOneTabForAllOfThem() {
    Peer peer = connectAs("alice");
    peer.notification("u1", "a").notification("u2", "b");
    tab.await("document.querySelectorAll('.fresh').length === 2");

    peer.send("{\"op\":\"acked\",\"cursor\":\"u1\"}");
    tab.await("document.querySelectorAll('.fresh').length === 1");

    tab.click("#acknowledge");
    assertThat(peer.hear()).isEqualTo("{\"op\":\"ack\",\"cursor\":\"u2,e0\"}");
    tab.await("document.querySelectorAll('.fresh').length === 0");
  }

  @Test
  void marksWhatWasRecalledAndWhereSomethingIsMissing() {
    connectAs("alice")
        .send("{\"op\":\"gap\"}")
        .notification("u1", "a")
        .send("{\"op\":\"recall\",\"cursor\":\"u2\",\"id\":\"a\"}");

    tab.await("document.querySelector('.recalled')");
    assertThat(tab.text("#list")).contains("recalled", "no longer held");
  }

  @Test
  void showsTheCauseAndTheMissingLineInPlaceOfASilentFailure() {
    gateway.refuseHandshakes(new Answer(426, "text/plain", ""));
    gateway.answerPlainRequests(
        Answer.problem(
            426,
            """
            {"code":"upgrade_required","attempt":{"seen":true,"status":426,\
            "code":"upgrade_required","fix":"proxy_set_header Upgrade $http_upgrade;"}}"""));

    tab.goTo(gateway.url("/#alice"));
    tab.eval("location.reload()");

    tab.await("!document.querySelector('#trouble').hidden");
    assertThat(tab.text("#trouble"))
        .contains("upgrade_required", "proxy_set_header Upgrade $http_upgrade;");
  }

  /** The shell reads the line back as the very JSON that was meant, whatever the name holds. */
  @Test
  void quotesTheCommandsForTheShell() throws Exception {
    String name = "o'neil \"x\" $(id) `id` \\n %s !1 \u00fc*";
    gateway.answerPlainRequests(new Answer(204, "text/plain", ""));
    tab.type("#name", name);
    tab.click("#connect");
    tab.await("document.querySelector('#nc').textContent");

    String nc = tab.eval("document.querySelector('#nc').textContent").asText();
    String curl = tab.eval("document.querySelector('#curl').textContent").asText();

    Finished printed = Finished.run("sh", "-c", nc.replace("nc -w 3 127.0.0.1 8001", "cat"));
    assertThat(new ObjectMapper().readTree(printed.output()).path("to").asText()).isEqualTo(name);
    Finished given = Finished.run("sh", "-c", curl.replace("curl ", "printf '%s\\n' "));
    assertThat(given.output().lines()).startsWith("http://127.0.0.1:8001/push", "-d");
    assertThat(
            new ObjectMapper().readTree(given.output().lines().toList().get(2)).path("to").asText())
        .isEqualTo(name);
  }

  private Peer connectAs(String name) {
    tab.type("#name", name);
    tab.click("#connect");
    return gateway.nextPeer().welcome(false);
  }
}
