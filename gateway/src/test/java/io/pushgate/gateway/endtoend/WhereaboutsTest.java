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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What publishers and operators are told of how far a notification came. */
class WhereaboutsTest {
  private static final String ALICE = "alice@example.com";
  private static final String BOB = "bob@example.com";

  @RegisterExtension final GatewayExtension gateway = GatewayExtension.with();

  private JsonNode status(String id) {
    return gateway.ask("{\"op\":\"status\",\"id\":\"%s\"}".formatted(id));
  }

  private static String state(JsonNode status, String user) {
    for (JsonNode line : status.path("users")) {
      if (line.path("user").asText().equals(user)) {
        return line.path("state").asText();
      }
    }
    return "(not listed)";
  }

  private void push(String id, String... users) throws Exception {
    gateway.push(PushForm.HTTP, TestPush.to(List.of(users)).id(id));
  }

  private void awaitState(String id, String user, String state) {
    Waiting.until(() -> status(id).toString(), () -> state(status(id), user).equals(state));
  }

  @ParameterizedTest
  @EnumSource
  void heldThenSentThenAcknowledged(StreamKind kind) throws Exception {
    push("inv", ALICE, BOB);
    assertThat(state(status("inv"), ALICE)).isEqualTo("held");
    assertThat(status("inv").path("sent").asInt()).isZero();

    StreamClient client = gateway.open(kind, ALICE);
    String cursor = client.next("notification").path("cursor").asText();
    JsonNode sent = status("inv");
    assertThat(state(sent, ALICE)).isEqualTo("sent");
    assertThat(state(sent, BOB)).isEqualTo("held");
    assertThat(sent.path("sent").asInt()).isEqualTo(1);
    assertThat(sent.path("acknowledged").asInt()).isZero();

    client.ack(cursor);
    awaitState("inv", ALICE, "acknowledged");
    JsonNode acknowledged = status("inv");
    assertThat(acknowledged.path("sent").asInt()).isEqualTo(1);
    assertThat(acknowledged.path("acknowledged").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void anAcknowledgementCountsForNothingThatWasNeverSent(StreamKind kind) throws Exception {
    push("before", ALICE);
    StreamClient fromTheEnd = gateway.open(kind, StreamRequest.of(ALICE).after("end"));
    push("behind", ALICE);
    fromTheEnd.ack(fromTheEnd.next("notification").path("cursor").asText());

    awaitState("behind", ALICE, "acknowledged");
    assertThat(state(status("before"), ALICE)).isEqualTo("held");
    JsonNode session = gateway.path("before").path("users").path(0).path("sessions").path(0);
    assertThat(session.path("why").asText()).isEqualTo("it starts behind it");
  }

  @ParameterizedTest
  @EnumSource
  void anAcknowledgementCountsForWhatAnEndedSessionWasSent(StreamKind kind) throws Exception {
    push("first", ALICE);
    push("second", ALICE);
    StreamClient ended = gateway.open(kind, ALICE);
    ended.nextData(2);
    String position = ended.position();
    ended.close();
    Waiting.until("the session has ended", () -> gateway.sessions(ALICE).isEmpty());

    gateway.open(kind, StreamRequest.of(ALICE).after("end")).ack(position);

    awaitState("first", ALICE, "acknowledged");
    assertThat(state(status("second"), ALICE)).isEqualTo("acknowledged");
  }

  @Test
  void thePathOfANotificationHasATimeForEachStep() throws Exception {
    StreamClient acking = gateway.open(StreamKind.WEBSOCKET, ALICE);
    StreamClient windowed = gateway.open(StreamKind.WEBSOCKET, StreamRequest.of(ALICE).window(1));
    push("first", ALICE);
    push("second", ALICE);
    acking.next("notification");
    acking.ack(acking.next("notification").path("cursor").asText());
    windowed.next("notification");
    awaitState("second", ALICE, "acknowledged");
    Waiting.until(
        () -> gateway.path("second").toString(),
        () -> gateway.path("second").findValuesAsText("why").equals(List.of("its window is full")));

    JsonNode path = gateway.path("second");

    long received = path.path("receivedTs").asLong();
    assertThat(path.path("journalledTs").asLong()).isGreaterThanOrEqualTo(received);
    JsonNode sessions = path.path("users").path(0).path("sessions");
    assertThat(sessions).hasSize(2);
    JsonNode sent = sessions.path(0);
    assertThat(sent.path("sentTs").asLong()).isGreaterThanOrEqualTo(received);
    assertThat(sent.path("ackedTs").asLong()).isGreaterThanOrEqualTo(sent.path("sentTs").asLong());
    assertThat(sent.has("why")).isFalse();
    JsonNode held = sessions.path(1);
    assertThat(held.has("why")).isTrue();
    assertThat(held.has("sentTs")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aBroadcastIsCountedAndNotListed(StreamKind kind) throws Exception {
    StreamClient alice = gateway.open(kind, ALICE);
    StreamClient again = gateway.open(kind, ALICE);
    StreamClient bob = gateway.open(kind, BOB);
    gateway.push(PushForm.HTTP, TestPush.toEveryone().id("all"));
    String cursor = alice.next("notification").path("cursor").asText();
    again.next("notification");
    bob.next("notification");
    alice.ack(cursor);
    again.next("acked");

    JsonNode status = status("all");

    assertThat(status.path("users")).isEmpty();
    assertThat(status.path("sent").asInt()).isEqualTo(2);
    assertThat(status.path("acknowledged").asInt()).isEqualTo(1);
  }
}
