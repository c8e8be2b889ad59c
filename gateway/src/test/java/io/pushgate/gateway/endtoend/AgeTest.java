package io.pushgate.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.Publisher;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.protocol.CloseCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client sees of a bound on how old a connection gets. */
class AgeTest {
  private static final String USER = "alice@example.com";
  private static final int CONNECTIONS = 3;

  @RegisterExtension
  final GatewayExtension gateway = GatewayExtension.with("max-connection-age=1s");

  @ParameterizedTest
  @EnumSource
  void whoIsSentAwayGoesOnWhereItWas(StreamKind kind) throws Exception {
    StreamClient client = gateway.open(kind, USER);
    Publisher publisher = gateway.publisher();
    List<String> data = new ArrayList<>();
    for (int connection = 1; connection <= CONNECTIONS; connection++) {
      publisher.push(TestPush.to(USER).data("" + connection)).settle();
      JsonNode frame = client.next();
      while (frame.path("op").asText().equals("notification")) {
        data.add(frame.path("data").asText());
        frame = client.next();
      }
      assertThat(frame.path("op").asText()).isEqualTo("reconnect");
      assertThat(frame.path("delayMs").asInt()).isBetween(0, 999);
      assertThat(client.end()).isEqualTo(CloseCode.DRAIN);
      String position = client.position();
      publisher.push(TestPush.to(USER).data("\"between\"")).settle();
      client = gateway.connect(kind, StreamRequest.of(USER).after(position));
      assertThat(client.next("welcome").path("resumed").asBoolean()).isTrue();
    }
    while (data.size() < 2 * CONNECTIONS) {
      data.addAll(client.nextData(1));
    }

    assertThat(data).containsExactly("1", "between", "2", "between", "3", "between");
  }
}
