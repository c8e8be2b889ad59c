package io.pushgate.gateway.broker;

import static io.pushgate.gateway.broker.Broker.Acknowledgement.BAD_CURSOR;
import static io.pushgate.gateway.broker.Broker.Acknowledgement.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerRun;
import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.protocol.Cursor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgementTest extends BrokerContract {

  @Test
  void movesOnAndTellsTheListener() {
    pushAll(TestPush.to(ALICE.value()).times(3));
    pushAll(TestPush.toEveryone().times(3));
    long own = offset(OF_ALICE, 1);
    long everyone = offset(JournalId.EVERYONE, 2);

    assertThat(acknowledge(ALICE, cursor(OF_ALICE, own), null)).isEqualTo(TAKEN);
    assertThat(acknowledge(ALICE, null, cursor(JournalId.EVERYONE, everyone))).isEqualTo(TAKEN);

    assertThat(listener.moved())
        .containsExactly(
            new RecordingListener.Moved(ALICE, own, -1),
            new RecordingListener.Moved(ALICE, own, everyone));
  }

  @Test
  void isCumulativeAndNeverMovesBack() {
    pushAll(TestPush.to(ALICE.value()).times(3));
    Cursor second = cursor(OF_ALICE, offset(OF_ALICE, 1));
    Cursor third = cursor(OF_ALICE, offset(OF_ALICE, 2));

    acknowledge(ALICE, third, null);
    assertThat(acknowledge(ALICE, second, null)).isEqualTo(TAKEN);
    assertThat(acknowledge(ALICE, third, null)).isEqualTo(TAKEN);

    assertThat(listener.moved()).hasSize(1);
    assertThat(openAfter(ALICE, "").userBehind()).isFalse();
  }

  @Test
  void ofOneUserLeavesTheOthersWhereTheyStood() {
    pushAll(TestPush.toEveryone().times(3));

    acknowledge(ALICE, null, newest(JournalId.EVERYONE));

    assertThat(openAfter(ALICE, "").everyoneBehind()).isFalse();
    assertThat(openAfter(BOB, "").everyoneBehind()).isTrue();
  }

  @Test
  void aPlaceWhereASessionStartedCanBeAcknowledged() {
    pushAll(TestPush.to(ALICE.value()).times(3));
    Opening opening = open(ALICE, END);

    assertThat(
            acknowledge(
                ALICE,
                cursor(OF_ALICE, opening.user()),
                cursor(JournalId.EVERYONE, opening.everyone())))
        .isEqualTo(TAKEN);
    assertThat(openAfter(ALICE, "").userBehind()).isFalse();
  }

  @Test
  void aBadCursorChangesNothingInEitherJournal() {
    pushAll(TestPush.to(ALICE.value()).times(3));
    pushAll(TestPush.to(BOB.value()).times(3));
    pushAll(TestPush.toEveryone().times(3));
    Cursor everyone = newest(JournalId.EVERYONE);
    BrokerRun lost = kind.start(BrokerSettings.DEFAULTS);
    List<Cursor> bad =
        List.of(
            newest(OF_BOB),
            cursor(OF_ALICE, 1_000_000),
            lost.broker().cursors().cursor(OF_ALICE, 1),
            Cursor.of("u~never.made"));
    lost.close();

    for (Cursor cursor : bad) {
      assertThat(acknowledge(ALICE, cursor, everyone)).isEqualTo(BAD_CURSOR);
    }
    assertThat(acknowledge(ALICE, newest(OF_ALICE), cursor(JournalId.EVERYONE, 1_000_000)))
        .isEqualTo(BAD_CURSOR);

    assertThat(listener.moved()).isEmpty();
    Opening opening = openAfter(ALICE, "");
    assertThat(opening.userBehind()).isTrue();
    assertThat(opening.everyoneBehind()).isTrue();
  }

  @Test
  void whatWasAcknowledgedIsStillThereForAnEarlierPosition() {
    pushAll(TestPush.to(ALICE.value()).times(3));
    Cursor first = cursor(OF_ALICE, offset(OF_ALICE, 0));
    acknowledge(ALICE, newest(OF_ALICE), null);

    Opening opening = openAfter(ALICE, first.value());

    assertThat(opening.resumed()).isTrue();
    assertThat(read(OF_ALICE, opening.user()).entries()).hasSize(2);
  }

  @Test
  void aPlaceIsKeptForTheJournalsAgeFromItsLastMove() {
    pushAll(TestPush.toEveryone().times(1));
    acknowledge(ALICE, null, newest(JournalId.EVERYONE));
    pass(Duration.ofDays(5));
    pushAll(TestPush.toEveryone().times(1));
    acknowledge(ALICE, null, newest(JournalId.EVERYONE));

    pass(Duration.ofDays(7).minusMillis(1));

    assertThat(openAfter(ALICE, "").everyoneBehind()).isFalse();
  }

  @Test
  void acknowledgingTheSamePlaceAgainDoesNotKeepItLonger() {
    pushAll(TestPush.toEveryone().times(1));
    Cursor cursor = newest(JournalId.EVERYONE);
    acknowledge(ALICE, null, cursor);
    pass(Duration.ofDays(6));
    pushAll(TestPush.toEveryone().times(1));
    acknowledge(ALICE, null, cursor);
    assertThat(listener.moved()).hasSize(1);

    pass(Duration.ofDays(1));

    // A place that is known moves nowhere by this; one that was forgotten is a new one.
    acknowledge(ALICE, null, cursor);
    assertThat(listener.moved()).hasSize(2);
  }

  private long offset(JournalId journal, int index) {
    return entries(journal).get(index).offset();
  }
}
