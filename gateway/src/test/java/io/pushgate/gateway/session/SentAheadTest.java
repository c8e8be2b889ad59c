package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.TestNode;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.TestSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far a WebSocket is sent ahead of a client that is not known to read. */
class SentAheadTest extends WebSocketContract {
  private static final int MAX_AHEAD = 1 << 20;
  private static final int SIZE = 50_000;
  private static final int FIT = MAX_AHEAD / (SIZE + 200);

  private TestNode node;

  @BeforeEach
  void holdMuch() {
    node = start(NodeSettings.DEFAULTS.with(BrokerSettings.DEFAULTS.journalBytes(100 << 20)));
  }

  @Test
  void stopsBeforeAMebibyteAndAsksHalfWay() {
    TestSession session = open(ALICE, "");
    pushMuch(FIT / 2 - 1);
    session.awaitData(FIT / 2 - 1);
    node.settle();
    assertThat(session.count("ping")).isZero();

    pushMuch(40);
    node.settle();

    assertThat(session.count("notification")).isEqualTo(FIT);
    assertThat(session.count("ping")).isEqualTo(1);
    assertThat(session.wire().taken()).hasSizeLessThanOrEqualTo(MAX_AHEAD + 1_000);
  }

  @Test
  void goesOnFromWhatAPongTells() {
    TestSession session = open(ALICE, "");
    pushMuch(100);

    int pings = 0;
    for (; session.count("notification") < 100 && pings < 15; pings++) {
      session.await("ping", pings + 1).answerPing();
      node.settle();
    }

    assertThat(session.count("gap")).isZero();
    assertThat(session.count("notification")).isEqualTo(100);
  }

  @Test
  void goesOnFromAnAcknowledgementOfTheLastOneSent() {
    TestSession session = open(ALICE, "");
    pushMuch(60);

    int seen = 0;
    while (seen < 60) {
      node.settle();
      seen = (int) session.count("notification");
      session.ack(session.cursor(seen - 1));
      node.settle();
      assertThat(session.count("notification")).isGreaterThan(seen == 60 ? 59 : seen);
    }
  }

  @Test
  void acknowledgementsOfEachJournalCountTogether() {
    TestSession session = open(ALICE, "");
    node.push(TestPush.toEveryone());
    session.awaitData(1).ack(session.cursor(0));
    pushMuch(40);
    node.settle();
    int seen = (int) session.count("notification");

    session.ack(session.cursor(seen - 1));

    session.awaitData(41);
  }

  @Test
  void oneLargerThanTheBoundPassesWhenNothingIsAhead() {
    TestSession session = open(ALICE, "");
    node.push(PUSH.size(MAX_AHEAD + 5_000));
    node.push(PUSH.size(MAX_AHEAD + 5_000));
    session.awaitData(1);
    node.settle();
    assertThat(session.count("notification")).isEqualTo(1);

    session.answerPing();

    session.awaitData(2);
  }

  @Test
  void aFullWindowDoesNotAskAClientThatHasReadEverything() {
    TestSession session = open(ALICE, "", 2);
    node.pushAll(PUSH.times(10));
    session.awaitData(2);
    for (int round = 0; round < 5; round++) {
      node.settle();
      session.answerPing();
    }

    assertThat(session.count("ping")).isLessThanOrEqualTo(1);
  }

  @Test
  void aWindowThatWasFullDoesNotSpoilTheNextQuestion() {
    TestSession session = open(ALICE, "", 4);
    pushMuch(60);
    session.awaitData(4).answerPing();
    session.answerPing();

    // Never the newest one, so that acknowledgements alone never tell that all was read.
    for (int seen = 4; seen < 60; seen++) {
      session.ack(session.cursor(seen - 4));
      session.answerPing();
      session.awaitData(seen + 1);
    }

    assertThat(session.count("gap")).isZero();
  }

  private void pushMuch(int count) {
    for (int n = 0; n < count; n++) {
      node.push(PUSH.size(SIZE));
    }
  }
}
