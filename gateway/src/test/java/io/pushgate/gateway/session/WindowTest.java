package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.gateway.testing.Waiting;
import org.junit.jupiter.api.Test;

class WindowTest extends SessionContract {

  @Test
  void waitsWhileSoManyStandUnacknowledged() {
    TestSession session = open(ALICE, "", 3);

    node().pushAll(PUSH.times(10));
    node().settle();
    assertThat(session.data()).isEqualTo(numbers(0, 3));

    ack(session, session.cursor(1));
    session.awaitData(5);
    node().settle();
    assertThat(session.data()).isEqualTo(numbers(0, 5));
  }

  @Test
  void goesOnToTheEndAtThePaceOfTheAcknowledgements() {
    TestSession session = open(ALICE, "", 7);
    node().publishAll(PUSH.times(200));

    for (int seen = 1; seen <= 200; seen++) {
      session.awaitData(seen);
      ack(session, session.cursor(seen - 1));
    }

    assertThat(session.data()).isEqualTo(numbers(0, 200));
    assertThat(session.count("gap")).isZero();
  }

  @Test
  void countsBothJournalsAndEachIsAcknowledgedByItsOwnCursor() {
    TestSession session = open(ALICE, "", 4);
    node().pushAll(PUSH.times(2));
    node().pushAll(TestPush.toEveryone().times(2));
    session.awaitData(4);
    node().pushAll(PUSH.times(3));
    node().settle();
    assertThat(session.data()).hasSize(4);

    ack(session, session.cursor(3));
    session.awaitData(6);
    node().settle();
    assertThat(session.data()).hasSize(6);
  }

  @Test
  void waitsAlsoForBytes() {
    TestSession session = open(ALICE, "", 1024);

    for (int n = 0; n < 10; n++) {
      node().push(PUSH.size(60_000));
    }
    node().settle();

    assertThat(session.count("notification")).isEqualTo(4);
    ack(session, session.cursor(0));
    session.awaitData(5);
    node().settle();
    assertThat(session.count("notification")).isEqualTo(5);
  }

  @Test
  void aSingleOneLargerThanTheBytesPassesAnEmptyWindow() {
    TestSession session = open(ALICE, "", 10);

    node().push(PUSH.size(300_000));
    node().push(PUSH.size(300_000));
    session.awaitData(1);
    node().settle();
    assertThat(session.count("notification")).isEqualTo(1);

    ack(session, session.cursor(0));
    session.awaitData(2);
  }

  @Test
  void anAcknowledgementOfAnotherSessionDoesNotOpenIt() {
    TestSession session = open(ALICE, "", 2);
    TestSession other = node().attach(ALICE, "", 0, SessionRequest.Format.WEBSOCKET);
    node().pushAll(PUSH.times(5));
    other.awaitData(5).ack(other.cursor(4));
    session.await("acked", 1);
    node().settle();

    assertThat(session.data()).isEqualTo(numbers(0, 2));
  }

  @Test
  void aReplayWaitsToo() {
    node().pushAll(PUSH.times(100));
    TestSession session = open(ALICE, "", 1);
    for (int seen = 1; seen <= 100; seen++) {
      session.awaitData(seen);
      if (seen % 10 == 0) {
        node().settle();
        assertThat(session.data()).hasSize(seen);
      }
      ack(session, session.cursor(seen - 1));
    }

    assertThat(session.data()).isEqualTo(numbers(0, 100));
  }

  @Test
  void aFullWindowAndAFullSocketTogetherLoseNothing() {
    TestSession session = open(ALICE, "", 5);
    session.wire().takeOnly(0);
    node().publishAll(PUSH.times(50));

    Waiting.until(
        () -> "all fifty, not " + session.data(),
        () -> {
          session.wire().takeMore(97);
          int seen = session.data().size();
          if (seen > 0) {
            ack(session, session.cursor(seen - 1));
          }
          return seen == 50;
        });

    assertThat(session.data()).isEqualTo(numbers(0, 50));
  }
}
