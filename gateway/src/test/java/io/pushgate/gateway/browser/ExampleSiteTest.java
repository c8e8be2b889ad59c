package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.command.Service;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.testing.ChromiumBrowser;
import io.pushgate.gateway.testing.IngressLine;
import io.pushgate.gateway.testing.NginxServer;
import io.pushgate.gateway.testing.Tab;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example site over TLS, which serves its own page and the client's files beside it. */
final class ExampleSiteTest {
  @Test
  void aSitesOwnPageGetsPushesOverTls(@TempDir Path folder, @TempDir Path profile)
      throws Exception {
    ExampleSite site = ExampleSite.in(folder);
    installPage(folder.resolve("site"));
    Service gateway = Gateway.start(GatewayConfig.of("broker=memory", "open=true").withFreePorts());
    try (NginxServer nginx = new NginxServer(folder, gateway.bound().publicPort());
        ChromiumBrowser browser = new ChromiumBrowser(profile)) {
      nginx.enableSite(site.serverBlocks());
      nginx.start(site.httpsPort());
      Tab tab = browser.open("https://push.example.com:%d/client.html".formatted(site.httpsPort()));
      tab.await("window.ready");
      tab.eval("begin('alice@archive.zip')");
      tab.await("states('open').length === 1");

      IngressLine.push(gateway.bound(), "alice@archive.zip", "over TLS");

      assertThat(tab.await("events.find((event) => event.name === 'Notification')").path("data"))
          .hasToString("\"over TLS\"");
      tab.eval("connection.close()");
      tab.close();
    } finally {
      gateway.close();
    }
  }

  private static void installPage(Path root) throws IOException {
    Files.createDirectories(root);
    for (String file :
        new String[] {
          "/browser/client.html",
          "/browser/client.js",
          "/web/pushgate.js",
          "/web/pushgate-cause.js",
          "/web/pushgate-link.js",
          "/web/pushgate-position.js"
        }) {
      try (InputStream content = ExampleSiteTest.class.getResourceAsStream(file)) {
        assertThat(content).as(file).isNotNull();
        Files.copy(content, root.resolve(file.substring(file.lastIndexOf('/') + 1)));
      }
    }
  }
}
