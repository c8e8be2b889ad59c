package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.NginxServer;
import io.pushgate.gateway.testing.Publisher;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.ThinLine;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader behind nginx and a thin line, with a backlog that takes it several times longer than a
 * session may be silent. Heartbeat and line are eight times as fast as the default one and 20 KB a
 * second.
 */
class SlowReaderThroughNginxTest {
  private static final String USER = "alice@example.com";
  private static final int BYTES_PER_SECOND = 160_000;
  private static final int PUSHES = 45;
  private static final String DATA = "\"%d " + "x".repeat(48 * 1024) + "\"";

  private static final String SITE =
      """
      server {
          listen 127.0.0.1:%d;
          server_name localhost;
          include snippets/pushgate.conf;
      }
      """;

  @RegisterExtension
  final GatewayExtension gateway = GatewayExtension.with("journal-bytes=64MiB", "heartbeat=3s");

  @Test
  void staysConnectedUnderABacklogAndLosesNothing(@TempDir Path folder) throws Exception {
    int port = NginxServer.freePort();
    try (NginxServer nginx = new NginxServer(folder, gateway.bound().publicPort())) {
      nginx.enableSite(SITE.formatted(port));
      nginx.start(port);
      try (ThinLine line = new ThinLine(port, BYTES_PER_SECOND);
          StreamClient slow = StreamKind.WEBSOCKET.open(through(line), StreamRequest.of(USER))) {
        slow.next("welcome");
        readsAllOf(slow);
      }
    }
  }

  private void readsAllOf(StreamClient slow) throws Exception {
    StreamClient healthy = gateway.open(StreamKind.WEBSOCKET, USER);
    Publisher publisher = gateway.publisher();
    IntStream.range(0, PUSHES)
        .forEach(n -> publisher.push(TestPush.to(USER).data(DATA.formatted(n))).settle());
    List<String> seen = healthy.nextData(PUSHES);
    assertThat(StreamSupport.stream(gateway.sessions(USER).spliterator(), false))
        .as("one of the two waits")
        .anyMatch(SlowReaderThroughNginxTest::isBehind);

    assertThat(slow.nextData(PUSHES)).isEqualTo(seen);

    publisher.push(TestPush.to(USER).data("\"live\"")).settle();
    assertThat(slow.nextData(1)).containsExactly("live");
    assertThat(gateway.sessions(USER)).hasSize(2);
  }

  private ListenConfig through(ThinLine line) {
    ListenConfig bound = gateway.bound();
    return new ListenConfig(
        "127.0.0.1",
        line.port(),
        bound.ingressHost(),
        bound.ingressPort(),
        bound.adminHost(),
        bound.adminPort());
  }

  private static boolean isBehind(JsonNode session) {
    return session.path("behind").asInt() > 0;
  }
}
