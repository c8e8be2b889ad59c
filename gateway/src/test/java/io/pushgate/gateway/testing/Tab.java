package io.pushgate.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One tab of a {@link ChromiumBrowser}; one test thread. */
public final class Tab implements AutoCloseable {
  /** How long a page may take until what a test waits for is so. */
  static final Duration PATIENCE = Duration.ofSeconds(50);

  private static final String WEB_ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private final ChromiumBrowser browser;
  private final String handle;

  Tab(ChromiumBrowser browser, String handle) {
    this.browser = browser;
    this.handle = handle;
  }

  public void goTo(String url) {
    send("POST", "/url", Map.of("url", url));
  }

  /** The value of a JavaScript expression in the page; a promise's is awaited. */
  public JsonNode eval(String expression) {
    return send("POST", "/execute/sync", script("return " + expression));
  }

  /**
   * Waits until a JavaScript expression is true in the page, and returns what it is then.
   *
   * @throws AssertionError where it is not so in time, with what the page shows instead
   */
  public JsonNode await(String expression) {
    String look =
        """
        const done = arguments[arguments.length - 1];
        const end = Date.now() + %d;
        const look = () => {
          const value = (%s);
          if (value || Date.now() > end) done(value ? { value } : null);
          else setTimeout(look, 20);
        };
        look();
        """
            .formatted(PATIENCE.toMillis() - 2_000, expression);
    JsonNode found = send("POST", "/execute/async", script(look));
    if (found.isNull()) {
      throw new AssertionError(
          "never became true: %s%nThe page shows:%n%s".formatted(expression, text("body")));
    }
    return found.path("value");
  }

  /** The text that a reader sees in an element. */
  public String text(String selector) {
    return eval("document.querySelector('%s').innerText".formatted(selector)).asText();
  }

  public void click(String selector) {
    send("POST", "/element/" + find(selector) + "/click", Map.of());
  }

  public void type(String selector, String text) {
    send("POST", "/element/" + find(selector) + "/value", Map.of("text", text));
  }

  @Override
  public void close() {
    send("DELETE", "/window", Map.of());
  }

  private String find(String selector) {
    Map<String, String> by = Map.of("using", "css selector", "value", selector);
    return send("POST", "/element", by).path(WEB_ELEMENT).asText();
  }

  private static Map<String, ?> script(String text) {
    return Map.of("script", text, "args", List.of());
  }

  /** Every command goes to the tab that is the driver's current one. */
  private JsonNode send(String method, String path, Map<String, ?> parameters) {
    browser.send("POST", "/window", Map.of("handle", handle));
    return browser.send(method, path, parameters);
  }
}
