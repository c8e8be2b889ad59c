package io.pushgate.gateway.browser;

import io.pushgate.gateway.testing.ChromiumBrowser;
import io.pushgate.gateway.testing.ScriptedGateway;
import io.pushgate.gateway.testing.Tab;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the tests of the browser's files share: one Chromium a class, and for each test a gateway
 * that does what the test says and an empty tab; the test's thread.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ScriptedPage {
  private ChromiumBrowser browser;

  /** The gateway of the running test. */
  ScriptedGateway gateway;

  /** The tab of the running test. */
  Tab tab;

  @BeforeAll
  void startBrowser(@TempDir Path profile) {
    browser = new ChromiumBrowser(profile);
  }

  @AfterAll
  void stopBrowser() {
    browser.close();
  }

  @BeforeEach
  void openTab() {
    gateway = new ScriptedGateway();
    tab = browser.open("about:blank");
  }

  @AfterEach
  void closeTab() {
    tab.close();
    gateway.close();
  }

  /** Another tab beside {@link #tab}; the test closes it. */
  Tab openAnother(String url) {
    return browser.open(url);
  }
}
