package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.FakeWire;
import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.Said;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.client.ServerFrame;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DeliveryTest extends SessionContract {

  @Test
  void welcomesFirstAndThenTellsWhatIsPushed() {
    TestSession session = open(ALICE, "");

    node().pushAll(PUSH.times(3));
    session.awaitData(3);

    ServerFrame.Welcome welcome = session.welcome();
    assertThat(welcome.user().value()).isEqualTo(ALICE);
    assertThat(welcome.resumed()).isFalse();
    assertThat(welcome.heartbeatSeconds()).isEqualTo(25);
    assertThat(session.data()).containsExactly("0", "1", "2");
    assertThat(session.said()).hasSize(4);
  }

  @Test
  void replaysWhatIsHeldBeforeWhatIsLive() {
    node().pushAll(PUSH.times(200));
    TestSession session = open(ALICE, "");
    node().pushAll(PUSH.times(3));

    session.awaitData(203);

    assertThat(session.data().subList(0, 200)).isEqualTo(numbers(0, 200));
    assertThat(session.data().subList(200, 203)).isEqualTo(numbers(0, 3));
  }

  @Test
  void missesNothingThatIsPushedWhileItOpens() {
    for (int round = 0; round < 50; round++) {
      String user = "user-" + round;
      TestPush push = TestPush.to(user);
      node().publishAll(push.times(2));
      TestSession session = node().attach(user, "", 0, format);
      node().publish(push.data("2"));
      node().publish(push.data("3"));
      session.awaitData(4);
      assertThat(session.data()).isEqualTo(numbers(0, 4));
    }
  }

  @Test
  void aSessionThatJoinsBetweenTwoPushesOfOneTurnGetsTheSecond() {
    TestSession first = open(ALICE, "");
    TestSession[] second = new TestSession[1];
    FakeWire wire = new FakeWire(node().loop(0));

    // One turn of the loop: what the hub was offered before and behind the join waits for it.
    node()
        .loop(0)
        .submit(
            () -> {
              node().publish(PUSH.data("0"));
              second[0] = node().attach(wire, ALICE, "", 0, format);
              node().publish(PUSH.data("1"));
            })
        .syncUninterruptibly();

    first.awaitData(2);
    Objects.requireNonNull(second[0]).awaitData(2);
  }

  @Test
  void tellsEveryoneAndNobodyElse() {
    TestSession alice = open(ALICE, "");
    TestSession bob = open(BOB, "");

    node().pushAll(TestPush.toEveryone().times(5));
    node().pushAll(TestPush.to(BOB).times(1));
    alice.awaitData(5);
    bob.awaitData(6);
    node().settle();

    assertThat(alice.data()).isEqualTo(numbers(0, 5));
    assertThat(bob.data()).hasSize(6);
  }

  @Test
  void tellsEachSessionOfAUserTheSameInTheSameOrder() {
    List<TestSession> sessions = List.of(open(ALICE, ""), open(ALICE, ""), open(ALICE, ""));

    node().publishAll(PUSH.times(500));

    for (TestSession session : sessions) {
      session.awaitData(500);
      assertThat(session.data()).isEqualTo(numbers(0, 500));
    }
  }

  @Test
  void everyFrameIsTheSameBytesForEverySessionAndEveryReplay() {
    TestSession live = open(ALICE, "");
    node().pushAll(PUSH.times(20));
    live.awaitData(20);
    TestSession replayed = open(ALICE, "").awaitData(20);

    List<String> frames = live.said("notification").map(Said::text).toList();
    assertThat(replayed.said("notification").map(Said::text).toList()).isEqualTo(frames);
  }

  @Test
  void goesOnBehindThePositionItWasGiven() {
    TestSession first = open(ALICE, "");
    node().pushAll(PUSH.times(5));
    node().pushAll(TestPush.toEveryone().times(5));
    first.awaitData(10);
    String own = cursorOf(first, 'u', 2);
    String everyone = cursorOf(first, 'e', 3);

    TestSession second = open(ALICE, own + "," + everyone).awaitData(3);
    node().settle();

    assertThat(second.welcome().resumed()).isTrue();
    assertThat(second.data()).containsExactlyInAnyOrder("3", "4", "4");
    assertThat(second.count("gap")).isZero();
  }

  private static String cursorOf(TestSession session, char letter, int index) {
    return session
        .said("notification")
        .map(said -> ((ServerFrame.Notification) said.frame()).cursor())
        .filter(cursor -> cursor.letter() == letter)
        .toList()
        .get(index)
        .value();
  }

  @Test
  void everyIdOfAnEventStreamIsAPositionToResumeFrom() {
    TestSession first = open(ALICE, "");
    for (int n = 0; n < 10; n++) {
      node().push((n % 2 == 0 ? PUSH : TestPush.toEveryone()).data(Integer.toString(n)));
      first.awaitData(n + 1);
    }

    for (Said said : first.said()) {
      if (webSocket()) {
        assertThat(said.id()).isNull();
      } else {
        int seen = first.said().indexOf(said);
        String id = Objects.requireNonNull(said.id());
        TestSession second = open(ALICE, id).awaitData(10 - seen);
        assertThat(second.data()).containsExactlyInAnyOrderElementsOf(numbers(seen, 10));
      }
    }
  }

  @Test
  void tellsOfAGapOnceAndThenWhatIsStillHeld() {
    start(NodeSettings.DEFAULTS.with(BrokerSettings.DEFAULTS.journalCount(3)));
    TestSession first = open(ALICE, "");
    node().pushAll(PUSH.times(1));
    String cursor = first.awaitData(1).cursor(0);
    node().pushAll(PUSH.times(10));

    TestSession second = open(ALICE, cursor).awaitData(3);
    node().settle();

    assertThat(second.welcome().resumed()).isFalse();
    assertThat(second.said().get(1).kind()).isEqualTo("gap");
    assertThat(second.count("gap")).isEqualTo(1);
    assertThat(second.data()).isEqualTo(numbers(7, 10));
  }

  @Test
  void endsWithItsSocket() {
    TestSession session = open(ALICE, "");

    session.wire().cut();
    Waiting.until("nobody is there", () -> node().hub().sessions() == 0);

    assertThat(node().push(PUSH).sessions()).isZero();
    assertThat(node().hub().onlineUsers()).isZero();
  }

  @Test
  void aSessionLostWhileItsStartIsAskedForLeavesNothing() {
    for (int round = 0; round < 50; round++) {
      TestSession session = node().attach(ALICE, "", 0, format);
      session.wire().cut();
    }

    Waiting.until("nobody is there", () -> node().hub().sessions() == 0);
    assertThat(node().hub().presence(UserId.of(ALICE))).isZero();
  }

  @Test
  void aSessionLostWhileAPageIsOnItsWayLeavesNothing() {
    node().pushAll(PUSH.times(300));
    for (int round = 0; round < 30; round++) {
      FakeWire wire = new FakeWire(node().loop(0));
      wire.takeOnly(round * 100L);
      TestSession session = node().attach(wire, ALICE, "", 0, format);
      Waiting.until("the socket is full", wire::full);
      wire.takeMore(500);
      session.wire().cut();
    }

    Waiting.until("nobody is there", () -> node().hub().sessions() == 0);
  }
}
