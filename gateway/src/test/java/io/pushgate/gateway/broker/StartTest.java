package io.pushgate.gateway.broker;

import static io.pushgate.gateway.broker.Openings.assertFresh;
import static io.pushgate.gateway.broker.Openings.assertGap;
import static io.pushgate.gateway.broker.Openings.assertResumed;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerRun;
import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.protocol.Cursor;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where a session starts, and what its welcome says of it. */
class StartTest extends BrokerContract {
  private static final TestPush PUSH = TestPush.to(ALICE.value());

  @Test
  void whoNeverAcknowledgedGetsAllThatIsHeldAndNoGap() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    pushAll(PUSH.times(5));
    pushAll(TestPush.toEveryone().times(3));

    Opening opening = openAfter(ALICE, "");

    assertFollows(opening, List.of("3", "4"), List.of("1", "2"));
    assertFresh(opening);
  }

  @Test
  void whoHasNothingHeldIsLiveAtOnce() {
    Opening opening = openAfter(ALICE, "");

    assertThat(opening.userBehind()).isFalse();
    assertThat(opening.everyoneBehind()).isFalse();
    assertFresh(opening);
  }

  @Test
  void behindTheAcknowledgedPlaceOfEachJournal() {
    pushAll(PUSH.times(4));
    pushAll(TestPush.toEveryone().times(4));
    acknowledge(ALICE, at(OF_ALICE, 1), at(JournalId.EVERYONE, 2));

    Opening opening = openAfter(ALICE, "");

    assertFollows(opening, List.of("2", "3"), List.of("3"));
    assertFresh(opening);
  }

  @Test
  void somethingTrimmedBehindTheAcknowledgedPlaceIsAGap() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    pushAll(PUSH.times(2));
    acknowledge(ALICE, at(OF_ALICE, 0), null);
    pushAll(PUSH.times(2));

    Opening opening = openAfter(ALICE, "");

    assertThat(opening.gap()).isTrue();
    assertThat(opening.resumed()).isFalse();
    assertFollows(opening, List.of("0", "1"), List.of());
  }

  @Test
  void theSameOfEveryonesJournal() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    pushAll(TestPush.toEveryone().times(2));
    acknowledge(ALICE, null, at(JournalId.EVERYONE, 0));
    pushAll(TestPush.toEveryone().times(2));

    assertThat(openAfter(ALICE, "").gap()).isTrue();
    assertThat(openAfter(BOB, "").gap()).isFalse();
  }

  @Test
  void nothingTrimmedBehindTheAcknowledgedPlaceIsNoGap() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    pushAll(PUSH.times(2));
    acknowledge(ALICE, at(OF_ALICE, 1), null);
    pushAll(PUSH.times(2));

    assertFresh(openAfter(ALICE, ""));
  }

  @Test
  void anAcknowledgedPlaceIsForgottenAfterTheJournalsAge() {
    push(PUSH.data("0"));
    acknowledge(ALICE, at(OF_ALICE, 0), null);
    run().clock().advance(Duration.ofDays(6));
    push(PUSH.data("1"));
    assertFollows(openAfter(ALICE, ""), List.of("1"), List.of());
    run().clock().advance(Duration.ofDays(1));

    Opening opening = openAfter(ALICE, "");

    assertFollows(opening, List.of("1"), List.of());
    assertFresh(opening);
  }

  @Test
  void afterAPositionOfBothJournalsInEitherOrder() {
    pushAll(PUSH.times(3));
    pushAll(TestPush.toEveryone().times(3));
    Cursor own = at(OF_ALICE, 0);
    Cursor everyone = at(JournalId.EVERYONE, 1);

    for (String after : List.of(own + "," + everyone, everyone + "," + own)) {
      Opening opening = openAfter(ALICE, after);
      assertResumed(opening);
      assertFollows(opening, List.of("1", "2"), List.of("2"));
    }
  }

  @Test
  void afterOneLetterAloneLeavesTheOtherJournalAsIfNoneWereGiven() {
    pushAll(PUSH.times(3));
    pushAll(TestPush.toEveryone().times(3));
    acknowledge(ALICE, at(OF_ALICE, 1), at(JournalId.EVERYONE, 1));

    Opening own = openAfter(ALICE, at(OF_ALICE, 0).value());
    assertResumed(own);
    assertFollows(own, List.of("1", "2"), List.of("2"));

    Opening everyone = openAfter(ALICE, at(JournalId.EVERYONE, 0).value());
    assertResumed(everyone);
    assertFollows(everyone, List.of("2"), List.of("1", "2"));
  }

  @Test
  void afterTheNewestIsResumedAndLive() {
    pushAll(PUSH.times(3));

    Opening opening = openAfter(ALICE, newest(OF_ALICE).value());

    assertResumed(opening);
    assertThat(opening.userBehind()).isFalse();
  }

  @Test
  void afterTheEndIsBehindAllThatIsHeld() {
    pushAll(PUSH.times(3));
    pushAll(TestPush.toEveryone().times(3));

    Opening opening = open(ALICE, END);

    assertResumed(opening);
    assertThat(opening.userBehind()).isFalse();
    assertThat(opening.everyoneBehind()).isFalse();
    assertFollows(opening, List.of(), List.of());
    push(PUSH.data("\"later\""));
    assertFollows(opening, List.of("\"later\""), List.of());
  }

  @Test
  void thePlaceWhereASessionStartedIsOneToResumeFrom() {
    pushAll(PUSH.times(3));
    Opening first = open(ALICE, END);
    push(PUSH.data("\"later\""));

    Opening second =
        openAfter(
            ALICE,
            cursor(OF_ALICE, first.user()) + "," + cursor(JournalId.EVERYONE, first.everyone()));

    assertResumed(second);
    assertFollows(second, List.of("\"later\""), List.of());
  }

  @Test
  void whatExpiredOrCollapsedBehindThePositionIsResumedAllTheSame() {
    push(PUSH.data("0"));
    push(PUSH.data("1").ttl(5));
    push(PUSH.data("2").collapse("key"));
    push(PUSH.data("3").collapse("key"));
    push(PUSH.data("4").ttl(0));
    Cursor first = at(OF_ALICE, 0);
    run().clock().advance(Duration.ofSeconds(6));
    run().sweep().run();

    Opening opening = openAfter(ALICE, first.value());

    assertResumed(opening);
    assertFollows(opening, List.of("3"), List.of());
  }

  @Test
  void whatWasTrimmedBehindThePositionIsAGapAndTheRestStillFollows() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    push(PUSH.data("0"));
    Cursor first = at(OF_ALICE, 0);
    pushAll(PUSH.times(3));

    Opening opening = openAfter(ALICE, first.value());

    assertGap(opening);
    assertFollows(opening, List.of("1", "2"), List.of());
    assertThat(read(OF_ALICE, opening.user()).gap()).isFalse();
  }

  @Test
  void whatGotTooOldBehindThePositionIsAGapEvenBeforeTheSweep() {
    pushAll(PUSH.times(2));
    Cursor first = at(OF_ALICE, 0);
    run().clock().advance(Duration.ofDays(7));

    Opening opening = openAfter(ALICE, first.value());

    assertGap(opening);
    assertThat(read(OF_ALICE, opening.user()).gap()).isFalse();
  }

  @Test
  void thePositionOfAJournalSweptAwayIsAGap() {
    pushAll(PUSH.times(2));
    Cursor first = at(OF_ALICE, 0);
    run().clock().advance(Duration.ofDays(8));
    run().sweep().run();

    assertGap(openAfter(ALICE, first.value()));
  }

  @Test
  void aCursorThatIsUnusableGoesOnAsWithoutOneButWithAGap() {
    pushAll(PUSH.times(3));
    pushAll(TestPush.to(BOB.value()).times(3));
    pushAll(TestPush.toEveryone().times(3));
    acknowledge(ALICE, at(OF_ALICE, 0), at(JournalId.EVERYONE, 0));
    Cursor everyone = at(JournalId.EVERYONE, 1);

    for (Cursor unusable : unusable()) {
      Opening opening = openAfter(ALICE, unusable + "," + everyone);
      assertGap(opening);
      assertFollows(opening, List.of("1", "2"), List.of("2"));
    }
    assertGap(openAfter(ALICE, "e" + "x".repeat(20)));
  }

  private List<Cursor> unusable() {
    BrokerRun lost = kind.start(BrokerSettings.DEFAULTS);
    Cursor ofLostEpoch = lost.broker().cursors().cursor(OF_ALICE, 1);
    lost.close();
    return List.of(
        at(OF_BOB, 1),
        ofLostEpoch,
        cursor(OF_ALICE, 1_000_000),
        Cursor.of("u"),
        Cursor.of("u~not.made.by~any.store"));
  }

  @Test
  void whatIsNoPositionAtAllIsAGapInBothJournals() {
    pushAll(PUSH.times(2));
    pushAll(TestPush.toEveryone().times(2));
    String first = at(OF_ALICE, 0).value();

    Stream.of("x1", "u1 ", first + "," + first, first + ",", "END", "ü")
        .forEach(
            after -> {
              Opening opening = openAfter(ALICE, after);
              assertGap(opening);
              assertFollows(opening, List.of("0", "1"), List.of("0", "1"));
            });
  }

  @Test
  void connectingLeavesNothingBehind() {
    for (int user = 0; user < 100; user++) {
      openAfter(ALICE, "");
      open(ALICE, END);
    }
    push(PUSH);

    assertThat(listener.appended(OF_ALICE).get(0).previous()).isZero();
    assertThat(openAfter(ALICE, "").userBehind()).isTrue();
  }

  private Cursor at(JournalId journal, int index) {
    return cursor(journal, entries(journal).get(index).offset());
  }

  private void assertFollows(Opening opening, List<String> own, List<String> everyone) {
    assertThat(data(read(OF_ALICE, opening.user()))).isEqualTo(own);
    assertThat(data(read(JournalId.EVERYONE, opening.everyone()))).isEqualTo(everyone);
    assertThat(own.isEmpty() || opening.userBehind() || opening.resumed()).isTrue();
  }

  private static List<String> data(Page page) {
    return page.entries().stream().map(entry -> entry.data().text()).toList();
  }
}
