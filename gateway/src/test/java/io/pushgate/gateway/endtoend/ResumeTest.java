package io.pushgate.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.Publisher;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.TestPush;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a page gets that comes back with the newest cursors it has. */
class ResumeTest {
  private static final String USER = "alice@example.com";
  private static final int PUSHES = 3_000;
  private static final int RECONNECTS = 30;
  private static final int EVERYONE_ONE_IN = 7;

  @RegisterExtension
  final GatewayExtension gateway =
      GatewayExtension.with("journal-count=5000", "journal-bytes=8MiB");

  @ParameterizedTest
  @EnumSource
  void nothingIsLostOrDoubledOverReconnectsWhilePushesGoOn(StreamKind kind) throws Exception {
    Publisher publisher = gateway.publisher();
    StreamClient client = gateway.open(kind, USER);
    CompletableFuture<Void> pushing = CompletableFuture.runAsync(() -> pushAll(publisher));

    Map<String, String> ledger = new LinkedHashMap<>();
    for (int i = 0; i < RECONNECTS; i++) {
      note(client, PUSHES / RECONNECTS / 2, ledger);
      String position = client.position();
      client.close();
      client = gateway.connect(kind, StreamRequest.of(USER).after(position));
      JsonNode welcome = client.next("welcome");
      assertThat(welcome.path("resumed").asBoolean()).isTrue();
      assertThat(welcome.path("cursor").asText().split(",", -1))
          .containsExactlyInAnyOrder(position.split(",", -1));
    }
    note(client, PUSHES - ledger.size(), ledger);
    pushing.get(30, TimeUnit.SECONDS);

    assertThat(ledger.values())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, PUSHES).mapToObj(Integer::toString).toList());
  }

  private static void pushAll(Publisher publisher) {
    for (int n = 0; n < PUSHES; n++) {
      TestPush push = n % EVERYONE_ONE_IN == 0 ? TestPush.toEveryone() : TestPush.to(USER);
      publisher.push(push.data(Integer.toString(n)));
      if (n % 10 == 0) {
        publisher.settle();
      }
    }
    publisher.settle();
  }

  /** Writes down so many notifications, each under a cursor that was never seen before. */
  private static void note(StreamClient client, int count, Map<String, String> ledger) {
    for (int i = 0; i < count; i++) {
      JsonNode frame = client.next("notification");
      String cursor = frame.path("cursor").asText();
      assertThat(ledger.put(cursor, frame.path("data").asText())).as(cursor).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNotificationHasTheSameFrameWhenItIsReplayed(StreamKind kind) throws Exception {
    StreamClient live = gateway.open(kind, USER);
    gateway.publisher().push(TestPush.to(USER).data("{\"a\":[1, 2.50,\"\\u00e9\"]}")).settle();

    JsonNode frame = live.next("notification");
    assertThat(gateway.open(kind, USER).next("notification")).isEqualTo(frame);
  }

  @ParameterizedTest
  @EnumSource
  void withoutACursorItStartsBehindWhatTheUserAcknowledged(StreamKind kind) throws Exception {
    StreamClient first = gateway.open(kind, USER);
    Publisher publisher = gateway.publisher();
    TestPush.to(USER).times(3).forEach(push -> publisher.push(push).settle());
    first.nextData(2);
    first.ack(first.position());
    // The other session is told, so the place is known by then.
    assertThat(first.nextData(1)).containsExactly("2");
    StreamClient watching = gateway.open(kind, StreamRequest.of(USER).after("end"));
    first.ack(first.position());
    watching.next("acked");
    publisher.push(TestPush.to(USER).data("3")).settle();

    StreamClient fresh = gateway.connect(kind, StreamRequest.of(USER));
    assertThat(fresh.next("welcome").path("resumed").asBoolean()).isFalse();
    assertThat(fresh.nextData(1)).isEqualTo(List.of("3"));
  }
}
