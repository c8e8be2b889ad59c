package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.testing.ChromiumBrowser;
import io.pushgate.gateway.testing.Tab;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A tab of the demo page that keeps all that its list was ever given, and how its sessions began;
 * one test thread. What it keeps is gone where the page is loaded anew, which fails the test.
 */
record WatchedTab(Tab tab, String user) implements AutoCloseable {
  private static final String WITNESS =
      """
      (() => {
        window.shown = [];
        window.heard = [];
        const text = (item) => item.querySelector('pre')?.textContent ?? item.textContent;
        new MutationObserver((changes) => {
          shown.push(...changes.flatMap((change) => [...change.addedNodes]).map(text));
        }).observe(document.querySelector('#list'), { childList: true });
        // WebSocket and event stream both read their frames with it.
        const parse = JSON.parse;
        JSON.parse = (json) => {
          const frame = parse(json);
          if (['welcome', 'gap', 'notification'].includes(frame.op)) heard.push(frame);
          return frame;
        };
      })()""";

  /**
   * What decides when the page tries again: earlier than by itself, so that many failures on a slow
   * machine take no half minute, and never while the last of nginx's workers is still to be killed.
   */
  private static final String EARLY_RETRIES =
      "Math.random = ((random) => () => 0.05 + random() / 10)(Math.random)";

  static WatchedTab open(ChromiumBrowser browser, String url, String user, String transport) {
    Tab tab = browser.open(url);
    tab.eval(WITNESS);
    tab.eval(EARLY_RETRIES);
    tab.click("label:has([value=%s])".formatted(transport));
    tab.type("#name", user);
    tab.click("#connect");
    WatchedTab watched = new WatchedTab(tab, user);
    watched.awaitSessions(1);
    return watched;
  }

  /** Waits until the session is cut, and the page has noticed. */
  void awaitCut() {
    tab.await("document.querySelector('#state').dataset.state !== 'open'");
  }

  /** Waits until as many sessions as this have begun since the page was loaded. */
  void awaitSessions(int count) {
    tab.await("heard.filter((frame) => frame.op === 'welcome').length >= " + count);
  }

  void awaitShown(String text) {
    tab.await("shown.includes('%s')".formatted(text));
  }

  /** How many sessions it had; each but the first took up the one before, without a gap. */
  int sessions() {
    assertThat(heard("gap")).isEmpty();
    List<JsonNode> welcomes = heard("welcome");
    assertThat(welcomes.stream().map(welcome -> welcome.path("session").asText()))
        .doesNotHaveDuplicates();
    assertThat(welcomes.stream().skip(1)).allMatch(welcome -> welcome.path("resumed").asBoolean());
    return welcomes.size();
  }

  /** What the list was given, in order. */
  List<String> shown() {
    return list("shown").stream().map(JsonNode::asText).toList();
  }

  /** What came to the page, in order, also what it had already. */
  List<String> received() {
    return heard("notification").stream().map(frame -> frame.path("data").asText()).toList();
  }

  private List<JsonNode> heard(String op) {
    return list("heard.filter((frame) => frame.op === '%s')".formatted(op));
  }

  private List<JsonNode> list(String expression) {
    return StreamSupport.stream(tab.eval(expression).spliterator(), false).toList();
  }

  @Override
  public void close() {
    tab.close();
  }
}
