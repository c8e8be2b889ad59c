package io.pushgate.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.PushForm;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is taken back is told to who has it, and given to nobody else. */
class RecallTest {
  private static final String USER = "alice@example.com";

  @RegisterExtension final GatewayExtension gateway = GatewayExtension.with();

  private void push(String id) throws Exception {
    gateway.push(PushForm.HTTP, TestPush.to(USER).id(id).data('"' + id + '"'));
  }

  private JsonNode recall(String id) {
    return gateway.ask("{\"op\":\"recall\",\"id\":\"%s\"}".formatted(id));
  }

  @ParameterizedTest
  @EnumSource
  void reachesLiveAndLaterSessionsAndIsNotReplayedAsANotification(StreamKind kind)
      throws Exception {
    StreamClient live = gateway.open(kind, USER);
    push("kept");
    push("taken-back");
    assertThat(live.nextData(2)).containsExactly("kept", "taken-back");
    String before = live.position();

    JsonNode answer = recall("taken-back");
    assertThat(answer.path("op").asText()).isEqualTo("ack");
    assertThat(live.next("recall").path("id").asText()).isEqualTo("taken-back");

    StreamClient fromTheFirst = gateway.open(kind, USER);
    assertThat(fromTheFirst.nextData(1)).containsExactly("kept");
    assertThat(fromTheFirst.next("recall").path("id").asText()).isEqualTo("taken-back");

    StreamClient resumed = gateway.open(kind, StreamRequest.of(USER).after(before));
    assertThat(resumed.next("recall").path("id").asText()).isEqualTo("taken-back");
    push("next");
    assertThat(resumed.nextData(1)).containsExactly("next");
    assertThat(resumed.position()).contains(cursorOfUser(live));
  }

  /** The cursor of the notification that the client is told next. */
  private static String cursorOfUser(StreamClient client) {
    return client.next("notification").path("cursor").asText();
  }

  @ParameterizedTest
  @EnumSource
  void ofABroadcastReachesEveryone(StreamKind kind) throws Exception {
    StreamClient alice = gateway.open(kind, USER);
    StreamClient bob = gateway.open(kind, "bob@example.com");
    gateway.push(PushForm.HTTP, TestPush.toEveryone().id("all").data("1"));
    alice.nextData(1);
    bob.nextData(1);

    recall("all");

    assertThat(alice.next("recall").path("cursor").asText()).startsWith("e");
    assertThat(bob.next("recall").path("id").asText()).isEqualTo("all");
  }

  @ParameterizedTest
  @EnumSource
  void waitsForAFullWindowAsANotificationDoes(StreamKind kind) throws Exception {
    StreamClient windowed = gateway.open(kind, StreamRequest.of(USER).window(1));
    StreamClient other = gateway.open(kind, USER);
    push("first");
    recall("first");
    other.next("notification");
    other.next("recall");

    String first = windowed.next("notification").path("cursor").asText();
    Waiting.until(
        () -> gateway.sessions(USER).toString(),
        () -> gateway.sessions(USER).findValuesAsText("why").equals(List.of("its window is full")));
    windowed.ack(first);
    String recall = beyondAcked(windowed).path("cursor").asText();
    other.next("acked");
    push("second");
    other.next("notification");
    windowed.ack(recall);
    assertThat(beyondAcked(windowed).path("data").asText()).isEqualTo("second");
  }

  /** The next frame; what is acknowledged for an event stream is told to it too. */
  private static JsonNode beyondAcked(StreamClient client) {
    JsonNode frame = client.next();
    while (frame.path("op").asText().equals("acked")) {
      frame = client.next();
    }
    return frame;
  }
}
