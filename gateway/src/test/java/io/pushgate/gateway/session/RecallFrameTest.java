package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.testing.Said;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.client.ServerFrame;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RecallFrameTest extends SessionContract {
  private static final long FAR = 1L << 40;

  private void recall(long offset, long previous, String id) {
    node()
        .hub()
        .offer(
            UserId.of(ALICE),
            new Entry(
                offset,
                previous,
                Entry.Kind.RECALL,
                id,
                null,
                1,
                Entry.NEVER,
                null,
                Payload.of("null")));
  }

  @Test
  void aRecallIsAFrameOfItsOwnWithAPlaceOfItsOwn() {
    TestSession session = open(ALICE, "");
    node().push(PUSH);
    session.awaitData(1);

    recall(FAR, 1, "in\"v");
    session.await("recall", 1);

    Said said = session.said("recall").findFirst().orElseThrow();
    ServerFrame.Recall frame = (ServerFrame.Recall) said.frame();
    assertThat(said.text())
        .isEqualTo(
            "{\"op\":\"recall\",\"cursor\":\"%s\",\"id\":\"in\\\"v\"}"
                .formatted(frame.cursor().value()));
    assertThat(frame.cursor().letter()).isEqualTo('u');
    assertThat(frame.cursor().value()).isNotEqualTo(session.cursor(0));
    if (!webSocket()) {
      Position id = Objects.requireNonNull(Position.parse(Objects.requireNonNull(said.id())));
      assertThat(id.user()).isEqualTo(frame.cursor());
      assertThat(id.everyone()).isNotNull();
    }
  }

  @Test
  void aRecallTakesAPlaceInTheWindow() {
    TestSession session = open(ALICE, "", 1);
    recall(FAR, 0, "first");
    session.await("recall", 1);

    recall(FAR + 1, FAR, "second");
    node().settle();

    assertThat(session.count("recall")).isEqualTo(1);
  }
}
