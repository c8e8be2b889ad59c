package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.gateway.testing.ChromiumBrowser;
import io.pushgate.gateway.testing.NginxServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the tests of restarts share: one Chromium a class, and for each test a gateway, nginx before
 * it, and a service that goes on pushing to the two users whose tabs it opens; the test's thread.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TabsBehindNginx {
  static final String ALICE = "alice@example.com";
  private static final String BOB = "bob+1@example.com";
  private static final int A_WHILE = 5;

  /** The tabs of the running test. */
  final List<WatchedTab> tabs = new ArrayList<>();

  /** Where the running test's nginx is to listen. */
  int port;

  /** The running test's nginx, which that test starts. */
  NginxServer nginx;

  private ChromiumBrowser browser;
  private Path nginxFolder;
  private ListenConfig bound;
  private SteadyPushes pushes;

  /**
   * Starts a gateway whose journals hold all that a test pushes.
   *
   * @param data an empty folder
   */
  abstract ListenConfig startGateway(Path data) throws Exception;

  abstract void stopGateway();

  @BeforeAll
  void startBrowser(@TempDir Path profile) {
    browser = new ChromiumBrowser(profile);
  }

  @AfterAll
  void stopBrowser() {
    browser.close();
  }

  @BeforeEach
  void start(@TempDir Path data, @TempDir Path folder) throws Exception {
    nginxFolder = folder;
    port = NginxServer.freePort();
    bound = startGateway(data);
    nginx = anotherNginx();
    pushes = new SteadyPushes(bound.ingressPort(), List.of(ALICE, BOB));
  }

  @AfterEach
  void stop() {
    tabs.forEach(WatchedTab::close);
    tabs.clear();
    pushes.close();
    nginx.close();
    stopGateway();
  }

  /** An nginx on the same files and port; the test closes it. */
  NginxServer anotherNginx() {
    NginxServer server = new NginxServer(nginxFolder, bound.publicPort());
    server.enableSite(DemoSite.on(port));
    return server;
  }

  /** Several tabs of each user, over WebSocket and as event streams. */
  void openTabs() {
    open(ALICE, "websocket");
    open(ALICE, "sse");
    open(BOB, "websocket");
    open(BOB, "websocket");
  }

  WatchedTab open(String user, String transport) {
    WatchedTab tab =
        WatchedTab.open(browser, "http://127.0.0.1:%d/".formatted(port), user, transport);
    tabs.add(tab);
    return tab;
  }

  /** Waits until some more pushes are acked. */
  void letPushesGoOn() {
    pushes.awaitRounds(A_WHILE);
  }

  void awaitSessions(int count) {
    tabs.forEach(tab -> tab.awaitSessions(count));
  }

  /** Waits until each tab shows something that was pushed after this was called. */
  void awaitNewsInEveryTab() {
    pushes.awaitRounds(1);
    tabs.forEach(tab -> tab.awaitShown(pushes.newestTo(tab.user())));
  }

  /** Stops pushing. How the two journals of a user interleave may differ from tab to tab. */
  void assertEachTabShowsAllOfItsPushesOnceAndInOrder() throws InterruptedException {
    pushes.stop();
    List<String> toEveryone = pushes.allToEveryone();
    for (WatchedTab tab : tabs) {
      List<String> toUser = pushes.allTo(tab.user());
      tab.awaitShown(toUser.get(toUser.size() - 1));
      tab.awaitShown(toEveryone.get(toEveryone.size() - 1));
      List<String> shown = tab.shown();
      assertThat(shown).filteredOn(SteadyPushes::isToEveryone).isEqualTo(toEveryone);
      assertThat(shown).filteredOn(text -> !SteadyPushes.isToEveryone(text)).isEqualTo(toUser);
      assertThat(tab.received()).as("the cursor keeps it from coming twice").isEqualTo(shown);
    }
  }
}
