package io.pushgate.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.client.witness.RefusalLog;
import io.pushgate.gateway.testing.NginxServer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Handshakes through a real nginx whose configuration lacks something, and what is made of them.
 */
class BrokenProxyTest {
  private static final String PATH = "/api/v1/notifications/ws/alice";

  private static final String SITE =
      """
      server {
          listen 127.0.0.1:%d;
          location %s
      }
      """;

  private PublicServer server;

  @BeforeEach
  void start() {
    server = new PublicServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/ { proxy_pass http://pushgate; } | location_missing",
        "/api/ { proxy_pass http://GATEWAY; } | location_missing",
        "/api/ { proxy_pass http://pushgate; HOST } | upgrade_dropped",
        "/api/ { proxy_pass http://pushgate; HOST VERSION CONNECTION } | upgrade_dropped",
        "/api/ { proxy_pass http://pushgate; HOST VERSION UPGRADE } | connection_dropped",
        "/api/ { proxy_pass http://pushgate; HOST UPGRADE CONNECTION } | http_version",
        "/api/ { proxy_pass http://pushgate; VERSION UPGRADE CONNECTION } | host_rewritten",
        "/api/ { proxy_pass http://pushgate/; HOST VERSION UPGRADE CONNECTION } | path_rewritten",
        "/api/ { proxy_pass http://pushgate; HOST VERSION UPGRADE CONNECTION"
            + " proxy_pass_request_headers off; } | headers_dropped",
        "/api/ { proxy_pass http://pushgate; HOST VERSION UPGRADE CONNECTION"
            + " proxy_set_header Sec-WebSocket-Key ''; } | headers_dropped",
        "/api/ { proxy_pass http://pushgate; HOST VERSION"
            + " proxy_set_header X-Pushgate-Seen 'upgrade=; connection=close'; } | outer_proxy",
      })
  void namesTheCause(String location, String cause, @TempDir Path folder) throws Exception {
    JsonNode problem = through(location, folder);
    assertThat(problem.path("cause").asText()).isEqualTo(cause);
    assertThat(problem.path("fix").asText()).isNotEmpty();
    RefusalLog.Series series = server.port.refusedLately().get(0);
    assertThat(series.newest().verdict().cause().wire()).isEqualTo(cause);
    assertThat(server.metrics.scrape())
        .contains("pushgate_refusals_total{cause=\"%s\"} 1.0".formatted(cause));
  }

  @Test
  void aHandshakeThatIsLetInIsSuspectWithoutItsClientsAddress(@TempDir Path folder)
      throws Exception {
    through("/api/ { proxy_pass http://pushgate; HOST VERSION UPGRADE CONNECTION }", folder);
    RefusalLog.Series series = server.port.refusedLately().get(0);
    assertThat(series.newest().status()).isEqualTo(101);
    assertThat(series.newest().verdict().cause().wire()).isEqualTo("client_address_dropped");
    assertThat(series.newest().verdict().fix())
        .contains("proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;");
  }

  @Test
  void ourOwnConfigurationIsNotSuspect(@TempDir Path folder) throws Exception {
    through("= /x { return 404; } include snippets/pushgate.conf;", folder);
    assertThat(server.port.refusedLately()).isEmpty();
    assertThat(server.router.attached.poll(60, TimeUnit.SECONDS)).isNotNull();
  }

  /** A page's handshake through nginx; answers the body of what came back. */
  private JsonNode through(String location, Path folder) throws Exception {
    int port = NginxServer.freePort();
    try (NginxServer nginx = new NginxServer(folder, server.number())) {
      nginx.enableSite(SITE.formatted(port, whole(location)));
      nginx.start(port);
      String host = "127.0.0.1:" + port;
      try (RawClient page = new RawClient(port)) {
        return page.lines(
                SessionOpeningTest.handshake(PATH, "Origin: http://" + host + "\n")
                    .replace("Host: localhost", "Host: " + host))
            .answer()
            .json();
      }
    }
  }

  private String whole(String location) {
    return location
        .replace("GATEWAY", server.host())
        .replace("HOST", "proxy_set_header Host $http_host;")
        .replace("VERSION", "proxy_http_version 1.1;")
        .replace("UPGRADE", "proxy_set_header Upgrade $http_upgrade;")
        .replace("CONNECTION", "proxy_set_header Connection 'upgrade';");
  }
}
