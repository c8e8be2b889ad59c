package io.pushgate.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.Publisher;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.protocol.CloseCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What everybody is told when the gateway stops. */
class DrainTest {
  private static final String USER = "alice@example.com";

  private static final int DRAIN_MILLIS = 2_000;

  @RegisterExtension
  final GatewayExtension gateway = GatewayExtension.with("drain=" + DRAIN_MILLIS + "ms");

  @ParameterizedTest
  @EnumSource
  void sessionsAreToldWhenToComeBackAndPublishersThatItGoesAway(StreamKind kind) throws Exception {
    StreamClient one = gateway.open(kind, USER);
    StreamClient other = gateway.open(kind, "bob@example.com");
    Publisher publisher = gateway.publisher();
    publisher.push(TestPush.toEveryone().data("\"before\"")).settle();

    CompletableFuture<Void> stopped = gateway.stop();

    assertThat(publisher.sentAway()).isTrue();
    for (StreamClient client : List.of(one, other)) {
      assertThat(client.nextData(1)).containsExactly("before");
      assertThat(client.next("reconnect").path("delayMs").asInt()).isBetween(0, DRAIN_MILLIS);
      assertThat(client.end()).isEqualTo(CloseCode.DRAIN);
    }
    stopped.get(20, TimeUnit.SECONDS);
  }
}
