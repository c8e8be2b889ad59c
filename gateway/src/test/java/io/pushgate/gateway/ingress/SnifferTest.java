package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.TransportKind;
import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnifferTest {
  private final FakeRouter router = new FakeRouter(Mode.AT_ONCE);
  private IngressServer server;

  @AfterEach
  void stop() {
    server.close();
    router.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {'[', 'p', '\n', ' ', 1, 0xef, 0xff})
  void closesAConnectionThatBeginsLikeNoForm(int first) throws IOException {
    server = new IngressServer(router);
    try (PublisherSocket publisher = server.connect()) {
      publisher.send(new byte[] {(byte) first});
      assertThat(publisher.rest()).isEmpty();
    }
    assertThat(server.meter("pushgate_publishers_total{form=\"unknown\"}")).isEqualTo(1);
    assertThat(server.meter("pushgate_malformed_frames_total{port=\"ingress\"}")).isEqualTo(1);
  }

  @Test
  void closesATlsHandshakeWhileTlsIsNotConfigured() throws IOException {
    server = new IngressServer(router);
    try (PublisherSocket publisher = server.connect()) {
      publisher.send(new byte[] {0x16});
      assertThat(publisher.rest()).isEmpty();
    }
    assertThat(server.meter("pushgate_publishers_total{form=\"tls\"}")).isEqualTo(1);
  }

  @Test
  void closesAConnectionThatSaysNothingInTime() throws IOException {
    server =
        new IngressServer(
            router, TransportKind.AUTO, GatewayConfig.of("handshake-timeout=100ms").ingress());
    try (PublisherSocket publisher = server.connect()) {
      assertThat(publisher.rest()).isEmpty();
    }
    assertThat(server.meter("pushgate_limit_hits_total{limit=\"handshake-timeout\"}")).isEqualTo(1);
  }

  @Test
  void closesAConnectionThatEndsWithoutAByte() throws IOException {
    server = new IngressServer(router);
    try (PublisherSocket publisher = server.connect()) {
      assertThat(publisher.endOutput().rest()).isEmpty();
    }
  }

  @Test
  void countsConnectionsAndBytes() throws IOException {
    server = new IngressServer(router);
    try (PublisherSocket publisher = server.connect()) {
      publisher.send("{\"op\":\"ping\"}\n");
      assertThat(publisher.line()).isEqualTo("{\"op\":\"pong\"}");
      assertThat(server.meter("pushgate_connections{port=\"ingress\"}")).isEqualTo(1);
    }
    Waiting.until(
        "the connection is gone",
        () -> server.meter("pushgate_connections{port=\"ingress\"}") == 0);
    assertThat(server.meter("pushgate_received_bytes_total{port=\"ingress\"}")).isEqualTo(14);
    assertThat(server.meter("pushgate_sent_bytes_total{port=\"ingress\"}")).isEqualTo(14);
  }
}
