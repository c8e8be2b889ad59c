package io.pushgate.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.Publisher;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.TestPush;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How acknowledgements move a session's window, and what a user's other sessions learn of them. */
class WindowTest {
  private static final String USER = "alice@example.com";

  @RegisterExtension final GatewayExtension gateway = GatewayExtension.with();

  @ParameterizedTest
  @EnumSource
  void anAcknowledgementIsToldToTheOtherSession(StreamKind kind) throws Exception {
    StreamClient one = gateway.open(kind, USER);
    StreamClient other = gateway.open(kind, USER);
    pushTen();
    one.nextData(4);
    String fourth = cursorOfUser(one);
    one.ack(fourth);

    other.nextData(10);
    assertThat(cursors(other.next("acked").path("cursor").asText())).contains(fourth);
  }

  @ParameterizedTest
  @EnumSource
  void aSessionWithAFullWindowWaitsForItsAcknowledgement(StreamKind kind) throws Exception {
    // Its news are seen by the windowed session but are no acknowledgements of that session.
    StreamClient other = gateway.open(StreamKind.WEBSOCKET, USER);
    StreamClient windowed = gateway.open(kind, StreamRequest.of(USER).window(3));
    pushTen();
    assertThat(windowed.nextData(3)).isEqualTo(List.of("0", "1", "2"));
    String third = cursorOfUser(windowed);

    other.nextData(10);
    other.ack(third);
    windowed.next("acked");
    windowed.ack(third);
    assertThat(windowed.nextData(3)).isEqualTo(List.of("3", "4", "5"));

    other.ack(cursorOfUser(other));
    windowed.next("acked");
    windowed.ack(cursorOfUser(windowed));
    assertThat(windowed.nextData(3)).isEqualTo(List.of("6", "7", "8"));
  }

  private void pushTen() throws Exception {
    Publisher publisher = gateway.publisher();
    TestPush.to(USER).times(10).forEach(push -> publisher.push(push).settle());
  }

  private static String cursorOfUser(StreamClient client) {
    return cursors(client.position()).stream()
        .filter(cursor -> cursor.startsWith("u"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> cursors(String position) {
    return List.of(position.split(",", -1));
  }
}
