package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.FakeWire;
import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.CloseCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClosingTest extends SessionContract {

  @Test
  void saysWhyAndNothingMore() {
    TestSession session = open(ALICE, "");

    close(CloseCode.SHUTDOWN);
    node().push(PUSH);
    Waiting.until("it is gone", session.wire()::lost);
    node().settle();

    assertThat(session.closed()).isEqualTo("shutdown");
    assertThat(session.wire().finished()).isTrue();
    assertThat(session.data()).isEmpty();
  }

  @Test
  void finishesAHalfWrittenFrameFirst() {
    TestSession session = open(ALICE, "");
    session.wire().takeOnly(500);
    node().push(PUSH.size(1_000));
    node().push(PUSH.size(1_000));
    node().settle();

    close(CloseCode.SHUTDOWN);
    node().settle();
    assertThat(session.wire().finished()).isFalse();
    session.wire().takeAll();

    assertThat(session.closed()).isEqualTo("shutdown");
    assertThat(session.count("notification")).isEqualTo(1);
    assertThat(session.wire().finished()).isTrue();
  }

  @Test
  void whoIsSentAwayBehindAFullSocketStillHearsWhenToComeBack() {
    TestSession session = open(ALICE, "");
    session.wire().takeOnly(0);
    node().push(PUSH);
    node().settle();

    node().hub().all().forEach(one -> one.onLoop(() -> one.drain(1_500)));
    node().settle();
    session.wire().takeAll();

    Waiting.until("the last words", session.wire()::finished);
    assertThat(session.count("reconnect")).isEqualTo(1);
  }

  @Test
  void whatTheClientAcknowledgedBeforeItLearnedThatItIsSentAwayCounts() {
    TestSession session = open(ALICE, "");
    node().pushAll(PUSH.times(3));
    session.awaitData(3).wire().peerStays();
    node().hub().all().forEach(one -> one.onLoop(() -> one.drain(0)));
    sentAway(session);

    ack(session, session.cursor(1));
    node().settle();

    assertThat(open(ALICE, "").awaitData(1).cursor(0)).isEqualTo(session.cursor(2));
  }

  @Test
  void behindAFaultNothingIsHeard() {
    TestSession session = open(ALICE, "");
    node().pushAll(PUSH.times(3));
    session.awaitData(3).wire().peerStays();
    close(CloseCode.POLICY);
    assertThat(session.closed()).isEqualTo("policy");

    session.ack(session.cursor(1));
    node().settle();

    assertThat(open(ALICE, "").awaitData(3).cursor(0)).isEqualTo(session.cursor(0));
  }

  @Test
  void aClosingSessionCountsNoMore() {
    TestSession session = open(ALICE, "");
    session.wire().takeOnly(0);
    session.wire().peerStays();

    close(CloseCode.SHUTDOWN);
    node().settle();

    assertThat(node().hub().sessions()).isZero();
    assertThat(node().push(PUSH).sessions()).isZero();
  }

  @Test
  void whoDoesNotEndItsSideOrTakesNoLastWordIsCutOff() {
    TestSession staying = open(ALICE, "");
    staying.wire().peerStays();
    TestSession stuck = open(ALICE, "");
    stuck.wire().takeOnly(0);

    close(CloseCode.SHUTDOWN);

    assertThat(staying.closed()).isEqualTo("shutdown");
    Waiting.until("the deadline of a closing session", staying.wire()::aborted);
    Waiting.until("the same behind a full socket", stuck.wire()::aborted);
    Waiting.until("both are gone", () -> staying.wire().lost() && stuck.wire().lost());
    assertThat(stuck.count("close")).isZero();
  }

  @Test
  void theOldestGivesWayWhereAUserHasTooManySessions() {
    start(NodeSettings.DEFAULTS.maxSessions(2));
    TestSession first = open(ALICE, "");
    TestSession second = open(ALICE, "");
    TestSession bob = open(BOB, "");
    TestSession third = open(ALICE, "");

    assertThat(first.closed()).isEqualTo("replaced");
    node().settle();
    assertThat(node().push(PUSH).sessions()).isEqualTo(2);
    second.awaitData(1);
    third.awaitData(1);
    assertThat(bob.count("close")).isZero();
  }

  @Test
  void oneReplacedWhileItsStartWasAskedForIsToldWhy() {
    start(NodeSettings.DEFAULTS.maxSessions(1));
    FakeWire first = new FakeWire(node().loop(0));
    FakeWire second = new FakeWire(node().loop(0));

    // Both in one turn of the loop, so that late lanes cannot have answered in between.
    TestSession[] sessions = new TestSession[2];
    node()
        .loop(0)
        .submit(
            () -> {
              sessions[0] = node().attach(first, ALICE, "", 0, format);
              sessions[1] = node().attach(second, ALICE, "", 0, format);
            })
        .syncUninterruptibly();

    TestSession replaced = new TestSession(first, format, ALICE);
    assertThat(replaced.closed()).isEqualTo("replaced");
    new TestSession(second, format, ALICE).welcome();
    Waiting.until("one is left", () -> node().hub().sessions() == 1);
  }

  @Test
  void aManyTimesReplacedUserKeepsItsNewestSessions() {
    start(NodeSettings.DEFAULTS.maxSessions(3).loops(2));
    for (int n = 0; n < 60; n++) {
      node().attach(new FakeWire(node().loop(n % 2)), ALICE, "", 0, format);
    }

    Waiting.until("three are left", () -> node().hub().sessions() == 3);
    node().settle();
    assertThat(node().push(PUSH).sessions()).isEqualTo(3);
  }

  @Test
  void silenceForTwoAndAHalfHeartbeatsEndsIt() {
    start(NodeSettings.DEFAULTS.heartbeat(Duration.ofMillis(200)));
    TestSession session = open(ALICE, "");
    session.wire().takeOnly(0);
    node().push(PUSH);

    if (webSocket()) {
      session.wire().takeAll();
      assertThat(session.closed()).isEqualTo("heartbeat_missed");
      assertThat(session.count("ping")).isBetween(1L, 2L);
    } else {
      // A socket that took no byte takes no last word either.
      Waiting.until("nobody is there", () -> node().hub().sessions() == 0);
    }
    assertThat(node().scrape()).contains("pushgate_heartbeats_missed_total 1.0");
  }

  @Test
  void aSignOfLifeKeepsIt() {
    start(NodeSettings.DEFAULTS.heartbeat(Duration.ofMillis(500)));
    TestSession session = open(ALICE, "");

    // The last of them comes past the end of one that gives no sign.
    for (int beat = 1; beat <= 3; beat++) {
      session.await("ping", beat);
      if (webSocket()) {
        session.answerPing();
      }
    }

    assertThat(session.count("close")).isZero();
  }

  private void close(CloseCode code) {
    node().hub().all().forEach(session -> session.onLoop(() -> session.close(code, "")));
  }
}
