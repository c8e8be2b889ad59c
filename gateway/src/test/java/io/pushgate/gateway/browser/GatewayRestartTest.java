package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Main;
import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.gateway.testing.ChildJvm;
import io.pushgate.gateway.testing.NginxServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Tabs behind an nginx whose gateway is restarted on its disk while pushes go on: each shows all of
 * its pushes, once and in order, and nobody loads a page anew.
 */
final class GatewayRestartTest extends TabsBehindNginx {
  private final int publicPort = NginxServer.freePort();
  private final int ingressPort = NginxServer.freePort();
  private final int adminPort = NginxServer.freePort();
  private Path data;
  private ChildJvm gateway;

  @Override
  ListenConfig startGateway(Path folder) throws Exception {
    data = folder;
    startAgain();
    String host = "127.0.0.1";
    return new ListenConfig(host, publicPort, host, ingressPort, host, adminPort);
  }

  @Override
  void stopGateway() {
    gateway.close();
  }

  @Test
  void sessionsOfAGatewayThatWasStoppedOrKilledAreResumed() throws Exception {
    nginx.start(port);
    openTabs();

    gateway.terminate();
    assertThat(gateway.exitCode()).isZero();
    startAgain();
    awaitSessions(2);

    gateway.kill();
    startAgain();
    awaitSessions(3);

    assertEachTabShowsAllOfItsPushesOnceAndInOrder();
    assertThat(tabs).allMatch(tab -> tab.sessions() == 3);
  }

  /** On the same folder and ports. */
  private void startAgain() throws Exception {
    gateway =
        ChildJvm.start(
            Main.class,
            Map.of(),
            "--broker=disk",
            "--data-dir=" + data,
            "--journal-count=10000",
            "--drain=1s",
            "--public-port=" + publicPort,
            "--ingress-port=" + ingressPort,
            "--admin-port=" + adminPort);
    gateway.awaitOut("listening ");
  }
}
