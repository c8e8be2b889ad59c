package io.pushgate.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.HttpCall;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fifty thousand different keys of every kind that a stranger may choose. */
class StrangersTest {
  private static final int KEYS = 50_000;
  private static final int AT_ONCE = 50;
  private static final String NONCE = "%032x";

  private final ResourceLeakDetector.Level watched = ResourceLeakDetector.getLevel();

  @RegisterExtension
  final GatewayExtension gateway =
      GatewayExtension.with("max-connections-per-address=3", "handshake-rate=1000000", "open=true");

  /** Two million buffers, each with the traces of all who touched it, would take minutes. */
  @BeforeEach
  void watchFewBuffers() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
  }

  @AfterEach
  void watchBuffersAgain() {
    ResourceLeakDetector.setLevel(watched);
  }

  @Test
  void tablesKeyedByWhatStrangersSendAreBounded() throws IOException {
    InetSocketAddress port = gateway.bound().publicAddress();
    Healthy healthy = new Healthy(gateway);
    try (RawSocket proxy = new RawSocket(port)) {
      for (int i = 0; i < KEYS; i += AT_ONCE) {
        StringBuilder requests = new StringBuilder();
        for (int n = i; n < i + AT_ONCE; n++) {
          requests.append(request(n));
        }
        proxy.send(requests.toString());
        for (int n = 0; n < AT_ONCE; n++) {
          assertThat(proxy.readUntil("\"cause\"")).contains("forbidden_origin");
        }
        if (i % 10_000 == 0) {
          healthy.isServed();
        }
      }
      assertThat(entries("addresses")).as("of the healthy one, and the newest").isEqualTo(2);
    }
    assertThat(entries("attempts")).isEqualTo(10_000);
    assertThat(entries("probes")).isEqualTo(256);
    assertThat(entries("refusals")).isBetween(1.0, 256.0);
    assertThat(entries("proxies")).isLessThanOrEqualTo(1);
    assertThat(gateway.metric("pushgate_users")).isEqualTo(1);
    assertThat(gateway.metric("pushgate_journals")).isLessThanOrEqualTo(1);

    String probe = "/api/v1/notifications/probe/" + NONCE;
    assertThat(HttpCall.get(port, probe.formatted(KEYS - 1)).statusCode()).isEqualTo(200);
    assertThat(HttpCall.get(port, probe.formatted(0)).statusCode()).isEqualTo(404);
    assertThat(attempt(port, KEYS - 1)).contains("\"attempt\":{\"seen\":true,\"status\":403");
    assertThat(attempt(port, 0))
        .as("what is forgotten is not denied")
        .doesNotContain("\"attempt\"");
    healthy.isServed();
  }

  @Test
  void aNetworkOfIPv6CountsAsOneAddress() throws IOException {
    InetSocketAddress port = gateway.bound().publicAddress();
    RawSocket[] streams = new RawSocket[4];
    for (int i = 0; i < streams.length; i++) {
      streams[i] = new RawSocket(port).send(stream("2001:db8:1:2:" + i + "::1"));
      assertThat(streams[i].readUntil("\r\n")).contains(i < 3 ? "200" : "429");
    }
    try (RawSocket neighbour = new RawSocket(port).send(stream("2001:db8:1:3::1"))) {
      assertThat(neighbour.readUntil("\r\n")).contains("200");
    }
    for (RawSocket stream : streams) {
      stream.close();
    }
  }

  private double entries(String table) {
    return gateway.metric("pushgate_table_entries{table=\"" + table + "\"}");
  }

  /** A maimed handshake that is refused and leaves its connection open. */
  private static String request(int n) {
    return "GET /api/v1/notifications/ws/user-%d?cid=c-%d HTTP/1.1\r\n".formatted(n, n)
        + "Host: localhost\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "Origin: https://o-%d.example\r\n".formatted(n)
        + "X-Forwarded-For: 10.%d.%d.%d\r\n".formatted(n >> 16, n >> 8 & 255, n & 255)
        + "X-Pushgate-Probe: "
        + NONCE.formatted(n)
        + "\r\n\r\n";
  }

  private static String stream(String client) {
    return "GET /api/v1/notifications/sse/eve HTTP/1.1\r\nHost: localhost\r\n"
        + "X-Forwarded-For: "
        + client
        + "\r\n\r\n";
  }

  private static String attempt(InetSocketAddress port, int n) {
    String target = "/api/v1/notifications/ws/user-%d?cid=c-%d".formatted(n, n);
    return HttpCall.get(port, target).body();
  }
}
