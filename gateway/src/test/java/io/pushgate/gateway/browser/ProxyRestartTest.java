package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.command.Service;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.gateway.testing.NginxServer;
import io.pushgate.gateway.testing.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Tabs behind an nginx that is reloaded, restarted and killed while pushes go on: each shows all of
 * its pushes, once and in order, and nobody loads a page anew.
 */
final class ProxyRestartTest extends TabsBehindNginx {
  private static final int RELOADS = 3;
  private static final int RESTARTS = 2;
  private static final Pattern LEAVES = Pattern.compile("gracefully shutting down");

  private Service gateway;

  @Override
  ListenConfig startGateway(Path data) throws Exception {
    gateway =
        Gateway.start(
            GatewayConfig.of("broker=memory", "journal-count=10000", "drain=0ms").withFreePorts());
    return gateway.bound();
  }

  @Override
  void stopGateway() {
    gateway.close();
  }

  @Test
  void reloadsEndNoSessionWhereTheOldWorkersMayStay() throws Exception {
    nginx.start(port);
    openTabs();
    int first = tabs.size();

    for (int reload = 1; reload <= RELOADS; reload++) {
      nginx.reload();
      awaitLeavingWorkers(2 * reload);
      open(ALICE, "websocket");
      letPushesGoOn();
    }

    assertEachTabShowsAllOfItsPushesOnceAndInOrder();
    assertThat(tabs).hasSize(first + RELOADS).allMatch(tab -> tab.sessions() == 1);
  }

  private void awaitLeavingWorkers(int count) {
    Waiting.until(
        count + " workers take nobody new",
        () -> LEAVES.matcher(nginx.errorLog()).results().count() == count);
  }

  @Test
  void sessionsThatReloadsCutAreResumed() throws Exception {
    nginx.setMain("worker_shutdown_timeout 1s;");
    nginx.start(port);
    openTabs();

    for (int reload = 1; reload <= RELOADS; reload++) {
      nginx.reload();
      awaitSessions(1 + reload);
    }

    assertEachTabShowsAllOfItsPushesOnceAndInOrder();
    assertThat(tabs).allMatch(tab -> tab.sessions() == 1 + RELOADS);
  }

  /** As an operating system does it whose patience with the old one ends. */
  @Test
  void sessionsLiveOnBesideTheNextNginxAndAreResumedThere() throws Exception {
    nginx.start(port);
    openTabs();

    nginx.quit(port);
    letPushesGoOn();
    try (NginxServer next = anotherNginx()) {
      next.start(port);
      List<WatchedTab> early = List.copyOf(tabs);
      WatchedTab late = open(ALICE, "websocket");
      awaitNewsInEveryTab();
      assertThat(tabs).allMatch(tab -> tab.sessions() == 1);

      nginx.kill();

      early.forEach(tab -> tab.awaitSessions(2));
      assertEachTabShowsAllOfItsPushesOnceAndInOrder();
      assertThat(early).allMatch(tab -> tab.sessions() == 2);
      assertThat(late.sessions()).isEqualTo(1);
    }
  }

  @Test
  void sessionsOfAnNginxThatWasStoppedAreResumed() throws Exception {
    restartAfter(nginx::stop);
  }

  @Test
  void sessionsOfAnNginxThatWasKilledAreResumed() throws Exception {
    restartAfter(nginx::kill);
  }

  private void restartAfter(Runnable end) throws Exception {
    nginx.start(port);
    openTabs();

    for (int restart = 1; restart <= RESTARTS; restart++) {
      end.run();
      tabs.forEach(WatchedTab::awaitCut);
      letPushesGoOn();
      nginx.start(port);
      awaitSessions(1 + restart);
    }

    assertEachTabShowsAllOfItsPushesOnceAndInOrder();
    assertThat(tabs).allMatch(tab -> tab.sessions() == 1 + RESTARTS);
  }

  /** Whom the first kill cuts may come back to the worker that the second one is for. */
  @Test
  void sessionsOfKilledWorkersAreResumed() throws Exception {
    nginx.start(port);
    openTabs();

    for (ProcessHandle worker : nginx.workers()) {
      worker.destroyForcibly();
      Waiting.get(worker.onExit());
      awaitNewsInEveryTab();
    }

    assertEachTabShowsAllOfItsPushesOnceAndInOrder();
    assertThat(tabs).extracting(WatchedTab::sessions).isSubsetOf(2, 3);
  }
}
