package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.FakeWire;
import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.Said;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.gateway.testing.Waiting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowSocketTest extends SessionContract {
  /** Bytes that are taken, one by one, between two looks at what has come. */
  private static final int BYTES_A_LOOK = 50;

  @Test
  void aStreamCutAtEveryByteIsTheSameStream() {
    TestSession whole = open(ALICE, "");
    node().pushAll(PUSH.times(3));
    node().pushAll(TestPush.toEveryone().times(1));
    whole.awaitData(4);
    int length = whole.wire().taken().length;

    for (int cut = 0; cut < length; cut++) {
      FakeWire wire = new FakeWire(node().loop(0));
      wire.takeOnly(cut);
      TestSession session = node().attach(wire, ALICE, "", 0, format);
      Waiting.until("it goes no further", () -> wire.full() || session.count("notification") == 4);
      wire.takeAll();
      session.awaitData(4);
      assertThat(texts(session)).containsExactlyInAnyOrderElementsOf(texts(whole));
      wire.cut();
      Waiting.until("it is gone", () -> node().hub().sessions() == 1);
    }
  }

  @Test
  void aSocketThatTakesByteByByteGetsTheSame() {
    node().pushAll(PUSH.times(3));
    FakeWire wire = new FakeWire(node().loop(0));
    wire.takeOnly(0);
    TestSession session = node().attach(wire, ALICE, "", 0, format);

    Waiting.until(
        "three notifications",
        () -> {
          for (int taken = 0; taken < BYTES_A_LOOK; taken++) {
            wire.takeMore(1);
          }
          return session.count("notification") == 3;
        });

    assertThat(session.data()).isEqualTo(numbers(0, 3));
  }

  private static List<String> texts(TestSession session) {
    return session.said("notification").map(Said::text).toList();
  }

  @Test
  void fallsBehindAndCatchesUpWithoutLoss() {
    TestSession session = open(ALICE, "");
    session.wire().takeOnly(300);

    node().pushAll(PUSH.times(500));
    node().settle();
    assertThat(session.data()).hasSizeLessThan(10);
    session.wire().takeMore(10_000);
    node().pushAll(PUSH.times(100));
    session.wire().takeAll();
    session.awaitData(600);

    assertThat(session.data().subList(0, 500)).isEqualTo(numbers(0, 500));
    assertThat(session.data().subList(500, 600)).isEqualTo(numbers(0, 100));
    assertThat(session.count("gap")).isZero();
  }

  @Test
  void aHalfWrittenFrameIsFinishedBeforeAnythingElse() {
    TestSession session = open(ALICE, "");
    int before = session.wire().taken().length;
    node().push(PUSH.size(1_000));
    session.awaitData(1);
    int frame = session.wire().taken().length - before;

    session.wire().takeOnly(frame / 2);
    node().push(PUSH.size(1_000));
    node().settle();
    if (webSocket()) {
      session.send("ping");
    }
    node().push(TestPush.toEveryone().data("\"e\""));
    node().settle();
    assertThat(session.wire().taken()).hasSize(before + frame + frame / 2);
    session.wire().takeAll();
    session.awaitData(3);

    assertThat(session.said().get(2).kind()).isEqualTo("notification");
    if (webSocket()) {
      assertThat(session.said().get(3).kind()).isEqualTo("pong-text");
    }
  }

  @Test
  void whatFellOutOfTheJournalWhileItWasPausedIsAGapToldOnce() {
    start(NodeSettings.DEFAULTS.with(BrokerSettings.DEFAULTS.journalCount(5)));
    TestSession session = open(ALICE, "");
    session.wire().takeOnly(10);

    node().pushAll(PUSH.times(100));
    node().settle();
    session.wire().takeAll();
    session.awaitData(6);
    node().settle();

    assertThat(session.said("gap")).hasSize(1);
    assertThat(session.data().subList(session.data().size() - 5, session.data().size()))
        .isEqualTo(numbers(95, 100));
    assertThat(session.said().stream().map(Said::kind).toList())
        .containsSubsequence("notification", "gap", "notification");
  }

  @Test
  void aPausedSessionCostsNoMoreThanTheRestOfOneFrame() {
    TestSession session = open(ALICE, "");
    session.wire().takeOnly(100);

    node().pushAll(PUSH.size(1_000).times(1));
    for (int n = 0; n < 300; n++) {
      node().push(PUSH.size(1_000));
    }
    node().settle();

    SessionView view =
        node()
            .loop(0)
            .submit(() -> node().hub().all().get(0).view())
            .syncUninterruptibly()
            .getNow();
    assertThat(view.queuedBytes()).isLessThan(1_300);
    assertThat(view.behind()).isEqualTo(1);
  }

  @Test
  void aSessionPausedLongerThanTheJournalsAgeComesToItsEnd() {
    TestSession session = open(ALICE, "");
    session.wire().takeOnly(10);
    node().push(PUSH.data("0"));
    node().push(PUSH.data("1").ttl(60));
    node().settle();

    node().broker().clock().advance(Duration.ofDays(8));
    node().broker().sweep().run();
    node().settle();
    session.wire().takeAll();
    session.awaitData(1);
    node().push(PUSH.data("2"));
    session.awaitData(2);
    node().settle();

    assertThat(session.count("gap")).isLessThanOrEqualTo(1);
    assertThat(session.data()).containsExactly("0", "2");
  }

  @Test
  void manySlowSessionsEachGetEverything() {
    List<TestSession> sessions =
        List.of(open(ALICE, ""), open(ALICE, ""), open(BOB, ""), open(BOB, ""));
    for (TestSession session : sessions) {
      session.wire().takeOnly(0);
    }
    node().publishAll(TestPush.toEveryone().times(300));
    node().publishAll(TestPush.to(List.of(ALICE, BOB)).times(300));

    Waiting.until(
        "all have all",
        () -> {
          sessions.forEach(session -> session.wire().takeMore(7_777));
          return sessions.stream().allMatch(session -> session.count("notification") == 600);
        });

    for (TestSession session : sessions) {
      assertThat(session.data()).containsSubsequence(numbers(0, 300));
      assertThat(session.said("notification").map(Said::text).distinct()).hasSize(600);
    }
  }
}
