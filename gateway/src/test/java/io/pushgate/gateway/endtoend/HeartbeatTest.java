package io.pushgate.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.Publisher;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.CloseCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long a session lives whose client is alive, and one whose client is not. */
class HeartbeatTest {
  private static final String USER = "alice@example.com";
  private static final String DATA = "\"%d " + "x".repeat(48 * 1024) + "\"";

  @RegisterExtension
  final GatewayExtension gateway = GatewayExtension.with("heartbeat=500ms", "journal-bytes=64MiB");

  @ParameterizedTest
  @EnumSource
  void aSilentClientThatIsAliveIsKept(StreamKind kind) throws Exception {
    StreamClient client = gateway.open(kind, USER);

    Waiting.until("four heartbeats, past the end of a dead one", () -> client.heartbeats() >= 4);

    gateway.publisher().push(TestPush.to(USER).data("\"still here\"")).settle();
    assertThat(client.nextData(1)).containsExactly("still here");
  }

  @Test
  void aWebSocketThatAnswersNoPingIsClosed() throws Exception {
    StreamClient client = gateway.open(StreamKind.WEBSOCKET, StreamRequest.of(USER).mute());

    assertThat(client.end()).isEqualTo(CloseCode.HEARTBEAT_MISSED);
    assertThat(client.heartbeats()).isBetween(1, 2);
  }

  @Test
  void anEventStreamWhoseSocketTakesNothingIsGivenUp() throws Exception {
    StreamRequest request = StreamRequest.of(USER).receiveBuffer(16 * 1024);
    StreamClient client = gateway.open(StreamKind.SSE, request);
    assertThat(gateway.sessions(USER)).hasSize(1);
    client.pause();
    Publisher publisher = gateway.publisher();
    for (int n = 0; n < 300; n++) {
      publisher.push(TestPush.to(USER).data(DATA.formatted(n))).settle();
    }

    Waiting.until("the session is gone", () -> gateway.sessions(USER).isEmpty());
  }
}
