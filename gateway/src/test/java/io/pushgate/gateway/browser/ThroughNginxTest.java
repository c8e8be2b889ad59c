package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.command.Service;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.testing.ChromiumBrowser;
import io.pushgate.gateway.testing.IngressLine;
import io.pushgate.gateway.testing.NginxServer;
import io.pushgate.gateway.testing.Tab;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way: a line on the ingress port, nginx with the project's own files, tabs of Chromium.
 */
final class ThroughNginxTest {
  private static final String ALICE = "alice@example.com";
  private static final String BOB = "o'bob+1@example.com";

  private final int port = NginxServer.freePort();
  private Service gateway;
  private NginxServer nginx;
  private ChromiumBrowser browser;

  @BeforeEach
  void start(@TempDir Path nginxFolder, @TempDir Path profile) throws Exception {
    gateway = Gateway.start(GatewayConfig.of("broker=memory").withFreePorts());
    nginx = new NginxServer(nginxFolder, gateway.bound().publicPort());
    nginx.enableSite(DemoSite.on(port));
    nginx.start(port);
    browser = new ChromiumBrowser(profile);
  }

  @AfterEach
  void stop() {
    browser.close();
    nginx.close();
    gateway.close();
  }

  @Test
  void aPushShowsInEveryTabOfItsUserAndNobodyElses() {
    Tab alice1 = open(ALICE);
    Tab alice2 = open(ALICE);
    Tab bob1 = open(BOB);
    Tab bob2 = open(BOB);

    push(ALICE, "for alice");
    push(BOB, "for bob");

    for (Tab tab : new Tab[] {alice1, alice2}) {
      awaitItems(tab, 1);
      assertThat(tab.text("#list")).contains("for alice").doesNotContain("for bob");
    }
    for (Tab tab : new Tab[] {bob1, bob2}) {
      awaitItems(tab, 1);
      assertThat(tab.text("#list")).contains("for bob").doesNotContain("for alice");
    }
  }

  @Test
  void anEventStreamComesThroughAtOnceToo() {
    Tab tab = browser.open(url(""));
    tab.click("[value=sse]");
    tab.type("#name", ALICE);
    tab.click("#connect");
    tab.await("document.querySelector('#state').dataset.state === 'open'");

    push(ALICE, "over a stream");

    awaitItems(tab, 1);
    assertThat(tab.text("#state")).isEqualTo("Connected · event stream");
  }

  @Test
  void tabsShowOnceWhatWasPushedWhileNginxWasDown() {
    Tab first = open(ALICE);
    Tab second = open(ALICE);
    push(ALICE, "before");
    awaitItems(first, 1);
    awaitItems(second, 1);

    nginx.stop();
    first.await("document.querySelector('#state').dataset.state !== 'open'");
    push(ALICE, "meanwhile");
    nginx.start(port);
    push(ALICE, "after");

    for (Tab tab : new Tab[] {first, second}) {
      awaitItems(tab, 3);
      assertThat(tab.text("#list")).containsSubsequence("after", "meanwhile", "before");
      assertThat(tab.eval("document.querySelector('#trouble').hidden").asBoolean()).isTrue();
    }
  }

  @Test
  void aBrokenProxyShowsTheLinesItIsMissingAndWithThemThePageConnects() {
    nginx.stop();
    String broken =
        """
        location /api/ {
            proxy_pass http://pushgate;
            proxy_set_header Host $http_host;
        }""";
    nginx.enableSite(DemoSite.with(port, broken));
    nginx.start(port);
    Tab tab = browser.open(url("#alice"));

    tab.await("!document.querySelector('#trouble-fix').hidden");

    assertThat(tab.text("#trouble-code")).isEqualTo("upgrade_required 426");
    assertThat(tab.text("#trouble-fix-line"))
        .contains("proxy_http_version 1.1;", "proxy_set_header Upgrade $http_upgrade;");

    nginx.enableSite(DemoSite.on(port));
    nginx.reload();

    tab.await("document.querySelector('#state').dataset.state === 'open'");
  }

  @Test
  void markupThatGotIntoThePageAfterAllWouldBeInert() {
    Tab tab = browser.open(url(""));
    tab.eval(
        "addEventListener('securitypolicyviolation', (e) => { window.stopped = e.blockedURI; })");

    tab.eval(
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"x\" onerror=\"window.pwned = 1\">')");

    tab.await("window.stopped === 'inline'");
    assertThat(tab.eval("window.pwned").isNull()).isTrue();
  }

  private Tab open(String user) {
    Tab tab = browser.open(url(""));
    tab.type("#name", user);
    tab.click("#connect");
    tab.await("document.querySelector('#state').dataset.state === 'open'");
    return tab;
  }

  private String url(String rest) {
    return "http://127.0.0.1:%d/%s".formatted(port, rest);
  }

  private static void awaitItems(Tab tab, int count) {
    tab.await("document.querySelectorAll('#list .item').length === " + count);
  }

  private void push(String user, String text) {
    assertThat(IngressLine.push(gateway.bound(), user, text)).contains("\"op\":\"ack\"");
  }
}
