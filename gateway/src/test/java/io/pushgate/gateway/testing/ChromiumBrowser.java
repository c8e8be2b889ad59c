package io.pushgate.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A headless Chromium with a profile of its own; one test thread. */
public final class ChromiumBrowser implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          // The host names of examples are this machine, whatever a name server says.
          "--host-resolver-rules=MAP *.example.com 127.0.0.1");

  private final WebDriver driver = new WebDriver();
  private final String session;

  /** The tab it began with stays open: commands need a current tab, and a test closes its own. */
  private final String firstTab;

  /**
   * Starts the browser.
   *
   * @param profile an empty folder
   */
  public ChromiumBrowser(Path profile) {
    try {
      String program = Programs.find("chromium", "chromium").toString();
      List<String> flags =
          Stream.concat(FLAGS.stream(), Stream.of("--user-data-dir=" + profile)).toList();
      Map<String, ?> wanted =
          Map.of(
              "browserName",
              "chrome",
              "acceptInsecureCerts",
              true,
              "goog:chromeOptions",
              Map.of("binary", program, "args", flags),
              "timeouts",
              Map.of("script", Tab.PATIENCE.toMillis()));
      JsonNode opened =
          driver.send("POST", "/session", Map.of("capabilities", Map.of("alwaysMatch", wanted)));
      session = "/session/" + opened.path("sessionId").asText();
      firstTab = send("GET", "/window", Map.of()).asText();
    } catch (RuntimeException e) {
      driver.close();
      throw e;
    }
  }

  /** Opens a page in a tab of its own and returns when it has loaded. */
  public Tab open(String url) {
    send("POST", "/window", Map.of("handle", firstTab));
    String handle = send("POST", "/window/new", Map.of("type", "tab")).path("handle").asText();
    Tab tab = new Tab(this, handle);
    tab.goTo(url);
    return tab;
  }

  /** Sends a command to this session. */
  JsonNode send(String method, String path, Map<String, ?> parameters) {
    return driver.send(method, session + path, parameters);
  }

  @Override
  public void close() {
    try {
      send("DELETE", "", Map.of());
    } finally {
      driver.close();
    }
  }
}
