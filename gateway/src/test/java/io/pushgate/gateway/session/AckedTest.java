package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.client.ServerFrame;
import org.junit.jupiter.api.Test;

/** What one session acknowledged, as the user's other sessions are told. */
class AckedTest extends SessionContract {

  @Test
  void theOtherSessionsAreToldAndNotTheOneThatAcknowledged() {
    TestSession other = open(ALICE, "");
    TestSession stranger = open(BOB, "");
    TestSession acknowledging = node().attach(ALICE, "", 0, SessionRequest.Format.WEBSOCKET);
    node().pushAll(PUSH.times(3));
    other.awaitData(3);

    acknowledging.awaitData(3).ack(acknowledging.cursor(2));
    other.await("acked", 1);
    node().settle();

    assertThat(position(other).toString()).isEqualTo(acknowledging.cursor(2));
    assertThat(acknowledging.count("acked")).isZero();
    assertThat(stranger.count("acked")).isZero();
    assertThat(other.said("acked").findFirst().orElseThrow().id()).isNull();
  }

  @Test
  void theFurthestPlaceOfBothJournalsIsTold() {
    TestSession other = open(ALICE, "");
    TestSession acknowledging = node().attach(ALICE, "", 0, SessionRequest.Format.WEBSOCKET);
    node().push(PUSH);
    acknowledging.awaitData(1);
    node().push(TestPush.toEveryone());
    acknowledging.awaitData(2).ack(acknowledging.cursor(0));
    other.await("acked", 1);

    acknowledging.ack(acknowledging.cursor(1));
    other.await("acked", 2);

    Position last = ((ServerFrame.Acked) other.said("acked").toList().get(1).frame()).cursor();
    assertThat(last)
        .isEqualTo(Position.parse(acknowledging.cursor(0) + "," + acknowledging.cursor(1)));
  }

  @Test
  void whatDoesNotMoveOnIsNotTold() {
    TestSession other = open(ALICE, "");
    TestSession acknowledging = node().attach(ALICE, "", 0, SessionRequest.Format.WEBSOCKET);
    node().pushAll(PUSH.times(3));
    acknowledging.awaitData(3).ack(acknowledging.cursor(2));
    other.await("acked", 1);

    acknowledging.ack(acknowledging.cursor(1));
    acknowledging.ack(acknowledging.cursor(2));
    node().settle();

    assertThat(other.count("acked")).isEqualTo(1);
  }

  @Test
  void whatWasAcknowledgedIsWhereTheNextSessionStarts() {
    TestSession first = open(ALICE, "");
    node().pushAll(PUSH.times(5));
    ack(first, first.awaitData(5).cursor(2));
    node().settle();

    TestSession second = open(ALICE, "").awaitData(2);
    node().settle();

    assertThat(second.data()).containsExactly("3", "4");
    assertThat(second.welcome().cursor().user())
        .isEqualTo(((ServerFrame.Notification) frame(first, 2)).cursor());
  }

  private static ServerFrame frame(TestSession session, int index) {
    return session.said("notification").toList().get(index).frame();
  }

  private static Position position(TestSession session) {
    return ((ServerFrame.Acked) session.said("acked").findFirst().orElseThrow().frame()).cursor();
  }
}
