package io.pushgate.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Main;
import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.gateway.testing.ChildJvm;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.NginxServer;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.Waiting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebSockets that an nginx in the middle ends, and what the gateway's log says of it. */
class CutConnectionTest {
  private static final Pattern LISTENING =
      Pattern.compile("listening public=\\S+:(\\d+) ingress=\\S+ admin=\\S+:(\\d+)");

  private static final String SITE =
      """
      server {
          listen 127.0.0.1:%d;
          location /api/ {
              proxy_pass http://pushgate;
              proxy_http_version 1.1;
              proxy_set_header Upgrade $http_upgrade;
              proxy_set_header Connection "upgrade";
              proxy_set_header Host $http_host;
              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
              proxy_read_timeout %s;
          }
      }
      """;

  private final int port = NginxServer.freePort();
  private final List<StreamClient> clients = new ArrayList<>();
  private ChildJvm gateway;
  private NginxServer nginx;
  private InetSocketAddress admin;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    gateway =
        ChildJvm.start(
            Main.class,
            Map.of(),
            "--broker=memory",
            "--public-port=0",
            "--ingress-port=0",
            "--admin-port=0");
    Matcher ports = LISTENING.matcher(gateway.awaitOut("listening "));
    assertThat(ports.matches()).isTrue();
    admin =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ports.group(2)));
    nginx = new NginxServer(folder, Integer.parseInt(ports.group(1)));
  }

  @AfterEach
  void stop() {
    clients.forEach(StreamClient::close);
    nginx.close();
    gateway.close();
  }

  @Test
  void aTimeoutIsNamedWithItsHopAndItsSetting() throws Exception {
    serve("2s");
    open(5);
    assertThat(gateway.awaitErr("connections through"))
        .contains("WARN")
        .contains("connections through 127.0.0.1 end after 2 s of silence: proxy_read_timeout")
        .contains("proxy_read_timeout 86400s;", "--heartbeat below 1s");
    assertThat(metrics()).containsPattern("pushgate_cuts_total\\{kind=\"silence\"} [1-5]\\.0");
  }

  @Test
  void aProxyThatGoesAwayIsNotTakenForATimeout() throws Exception {
    serve("1h");
    open(12);
    nginx.stop();
    assertThat(gateway.awaitErr("connections through"))
        .contains("12 connections through 127.0.0.1 ended at once", "worker_shutdown_timeout");
    assertThat(metrics()).contains("pushgate_cuts_total{kind=\"burst\"} 12.0");
  }

  @Test
  void whatTheClientOrTheGatewayClosesIsNoCut() throws Exception {
    serve("1h");
    open(1);
    HttpCall.post(admin, "/api/users/user0/disconnect", "");
    // Not by its end that nginx passes on: a Close answered too late is a reset there.
    Waiting.until(
        "its session is closed",
        () -> metrics().contains("pushgate_sessions_closed_total{code=\"4401\"} 1.0"));
    WebSocket page =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:%d/api/v1/notifications/ws/alice".formatted(port)),
                new WebSocket.Listener() {})
            .get();
    page.sendClose(WebSocket.NORMAL_CLOSURE, "").get();
    Waiting.until(
        "both are gone", () -> metrics().contains("pushgate_connections{port=\"public\"} 0.0"));
    // Cuts are counted when they are judged; this one is, so that nothing else waits to be.
    open(1);
    nginx.stop();
    Waiting.until(
        "the cut is counted", () -> metrics().contains("pushgate_cuts_total{kind=\"other\"} 1.0"));
    assertThat(metrics())
        .contains(
            "pushgate_cuts_total{kind=\"silence\"} 0.0", "pushgate_cuts_total{kind=\"burst\"} 0.0");
  }

  private void serve(String readTimeout) {
    nginx.enableSite(SITE.formatted(port, readTimeout));
    nginx.start(port);
  }

  private void open(int count) throws Exception {
    ListenConfig throughNginx =
        new ListenConfig("127.0.0.1", port, "127.0.0.1", 1, "127.0.0.1", admin.getPort());
    for (int i = 0; i < count; i++) {
      StreamClient client = StreamKind.WEBSOCKET.open(throughNginx, StreamRequest.of("user" + i));
      clients.add(client);
      client.next("welcome");
    }
  }

  private String metrics() {
    return HttpCall.get(admin, "/metrics").body();
  }
}
