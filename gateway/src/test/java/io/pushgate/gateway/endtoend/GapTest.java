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

/** What a page is told that comes back after its journal went on without it. */
class GapTest {
  private static final String USER = "alice@example.com";
  private static final List<String> HELD =
      List.of("10", "11", "12", "13", "14", "15", "16", "17", "18", "19");

  @RegisterExtension final GatewayExtension gateway = GatewayExtension.with("journal-count=10");

  @ParameterizedTest
  @EnumSource
  void whoComesBackToATrimmedJournalGetsAGapAndWhatIsHeld(StreamKind kind) throws Exception {
    StreamClient client = gateway.open(kind, USER);
    push("first");
    assertThat(client.nextData(1)).containsExactly("first");
    client.close();
    pushTwenty();

    StreamClient back = gateway.connect(kind, StreamRequest.of(USER).after(client.position()));
    assertThat(back.next("welcome").path("resumed").asBoolean()).isFalse();
    back.next("gap");
    assertThat(back.nextData(10)).isEqualTo(HELD);
  }

  @ParameterizedTest
  @EnumSource
  void whoComesBackWhileAllIsHeldGetsNoGap(StreamKind kind) throws Exception {
    StreamClient client = gateway.open(kind, USER);
    push("first");
    assertThat(client.nextData(1)).containsExactly("first");
    client.close();
    push("second");

    StreamClient back = gateway.connect(kind, StreamRequest.of(USER).after(client.position()));
    assertThat(back.next("welcome").path("resumed").asBoolean()).isTrue();
    assertThat(back.nextData(1)).containsExactly("second");
  }

  @ParameterizedTest
  @EnumSource
  void aStartBehindATrimmedAcknowledgementGetsAGap(StreamKind kind) throws Exception {
    StreamClient client = gateway.open(kind, USER);
    StreamClient other = gateway.open(kind, USER);
    push("first");
    client.nextData(1);
    client.ack(client.position());
    other.nextData(1);
    other.next("acked");
    pushTwenty();

    StreamClient back = gateway.open(kind, USER);
    back.next("gap");
    assertThat(back.nextData(10)).isEqualTo(HELD);
  }

  @ParameterizedTest
  @EnumSource
  void whoNeverAcknowledgedGetsWhatIsHeldAndNoGap(StreamKind kind) throws Exception {
    pushTwenty();

    assertThat(gateway.open(kind, USER).nextData(10)).isEqualTo(HELD);
  }

  @ParameterizedTest
  @EnumSource
  void aPositionThatIsNoneGetsAGap(StreamKind kind) throws Exception {
    push("held");

    StreamClient client = gateway.connect(kind, StreamRequest.of(USER).after("nonsense"));
    assertThat(client.next("welcome").path("resumed").asBoolean()).isFalse();
    client.next("gap");
    assertThat(client.nextData(1)).containsExactly("held");
  }

  /** One after another, so that none is overtaken by the repeat of another. */
  private void pushTwenty() throws Exception {
    Publisher publisher = gateway.publisher();
    TestPush.to(USER).times(20).forEach(push -> publisher.push(push).settle());
  }

  private void push(String text) throws Exception {
    gateway.publisher().push(TestPush.to(USER).data('"' + text + '"')).settle();
  }
}
