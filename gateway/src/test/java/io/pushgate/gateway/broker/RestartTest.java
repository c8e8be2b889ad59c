package io.pushgate.gateway.broker;

import static io.pushgate.gateway.broker.Openings.assertFresh;
import static io.pushgate.gateway.broker.Openings.assertGap;
import static io.pushgate.gateway.broker.Openings.assertResumed;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerRun;
import io.pushgate.gateway.testing.BrokerRun.End;
import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Cursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Journals and places when the next process opens the store. */
class RestartTest extends KeptBrokerContract {
  private static final TestPush PUSH = TestPush.to(ALICE.value());
  private static final TestPush TO_BOTH = TestPush.to(List.of(ALICE.value(), BOB.value()));

  @EitherEnd
  void everyJournalHoldsWhatItHeld(End end) {
    pushAll(TO_BOTH.times(5));
    pushAll(TestPush.toEveryone().times(3));
    push(TestPush.to(BOB.value()).id("inv-17").ttl(3_600).collapse("orders").data("{\"n\":17}"));
    List<Entry> ofAlice = entries(OF_ALICE);
    List<Entry> ofBob = entries(OF_BOB);
    List<Entry> ofEveryone = entries(JournalId.EVERYONE);

    reopen(end);

    assertThat(entries(OF_ALICE)).isEqualTo(ofAlice).hasSize(5);
    assertThat(entries(OF_BOB)).isEqualTo(ofBob).hasSize(6);
    assertThat(entries(JournalId.EVERYONE)).isEqualTo(ofEveryone).hasSize(3);
  }

  @EitherEnd
  void whatIsReadBackIsCountedOnce(End end) {
    pushAll(TO_BOTH.times(5));
    assertThat(broker().entriesLoaded()).isZero();

    reopen(end);
    pushAll(PUSH.times(3));

    assertThat(broker().entriesLoaded()).isEqualTo(5);
  }

  @EitherEnd
  void theChainGoesOn(End end) {
    pushAll(PUSH.times(2));
    push(PUSH.ttl(0));

    reopen(end);
    pushAll(PUSH.times(2));

    long previous = 0;
    for (Entry entry : listener.appended(OF_ALICE)) {
      assertThat(entry.previous()).isEqualTo(previous);
      assertThat(entry.offset()).isGreaterThan(previous);
      previous = entry.offset();
    }
    assertThat(listener.appended(OF_ALICE)).hasSize(5);
  }

  @EitherEnd
  void noPlaceIsGivenTwiceHoweverOftenItRestarts(End end) {
    Set<Long> given = new HashSet<>();
    long newest = 0;
    for (int round = 0; round < 5; round++) {
      pushAll(TO_BOTH.times(round));
      push(PUSH.ttl(0));
      newest = Math.max(newest, open(ALICE, END).user());
      reopen(end);
      push(PUSH);
      List<Entry> told = listener.appended(OF_ALICE);
      assertThat(told.get(told.size() - 1).offset()).isGreaterThan(newest);
    }

    List<Entry> all = new ArrayList<>(listener.appended(OF_ALICE));
    all.addAll(listener.appended(OF_BOB));
    for (Entry entry : all) {
      assertThat(given.add(entry.offset())).isTrue();
    }
  }

  @EitherEnd
  void everyCursorIsResumedWithoutAGap(End end) {
    pushAll(PUSH.times(4));
    pushAll(TestPush.toEveryone().times(2));
    Cursor second = appended(OF_ALICE, 1);
    Cursor newest = appended(OF_ALICE, 3);
    Cursor everyone = appended(JournalId.EVERYONE, 1);

    reopen(end);

    Opening opening = openAfter(ALICE, second + "," + everyone);
    assertResumed(opening);
    assertThat(data(OF_ALICE, opening.user())).containsExactly("2", "3");
    assertThat(data(JournalId.EVERYONE, opening.everyone())).isEmpty();
    assertResumed(openAfter(ALICE, newest.value()));
  }

  @EitherEnd
  void theCursorOfWhatWasNeverHeldIsResumedWithoutAGap(End end) {
    push(PUSH);
    push(PUSH.ttl(0));
    Cursor passed = appended(OF_ALICE, 1);

    reopen(end);

    assertResumed(openAfter(ALICE, passed.value()));
  }

  @EitherEnd
  void thePlaceOfAWelcomeIsResumedWithoutAGap(End end) {
    pushAll(TestPush.to(BOB.value()).times(3));
    Opening welcome = open(ALICE, END);

    reopen(end);
    push(PUSH.data("\"later\""));

    Opening opening =
        openAfter(
            ALICE,
            cursor(OF_ALICE, welcome.user())
                + ","
                + cursor(JournalId.EVERYONE, welcome.everyone()));
    assertResumed(opening);
    assertThat(data(OF_ALICE, opening.user())).containsExactly("\"later\"");
  }

  @EitherEnd
  void thePlaceOfAPageIsResumedWithoutAGap(End end) {
    push(PUSH);
    pushAll(TestPush.to(BOB.value()).times(3));
    long through = read(OF_ALICE, 0).through();
    Cursor page = cursor(OF_ALICE, through);

    reopen(end);
    push(PUSH.data("\"later\""));

    Opening opening = openAfter(ALICE, page.value());
    assertResumed(opening);
    assertThat(data(OF_ALICE, opening.user())).containsExactly("\"later\"");
  }

  @EitherEnd
  void aCursorThatWasNeverMadeIsAGap(End end) {
    pushAll(PUSH.times(2));
    pushAll(TestPush.to(BOB.value()).times(2));
    BrokerRun lost = kind.start(BrokerSettings.DEFAULTS);
    Cursor foreign = lost.broker().cursors().cursor(OF_ALICE, 1);
    lost.close();
    Cursor ofBob = appended(OF_BOB, 0);
    Cursor ahead = cursor(OF_ALICE, 1L << 40);

    reopen(end);

    for (Cursor cursor : List.of(foreign, ofBob, ahead, Cursor.of("u~never.made"))) {
      Opening opening = openAfter(ALICE, cursor.value());
      assertGap(opening);
      assertThat(data(OF_ALICE, opening.user())).containsExactly("0", "1");
    }
  }

  @EitherEnd
  void whatWasTrimmedIsStillAGap(End end) {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    pushAll(PUSH.times(5));
    Cursor first = appended(OF_ALICE, 0);
    Cursor third = appended(OF_ALICE, 2);

    reopen(end);

    assertGap(openAfter(ALICE, first.value()));
    assertResumed(openAfter(ALICE, third.value()));
    assertThat(read(OF_ALICE, 0).gap()).isTrue();
    assertFresh(openAfter(ALICE, ""));
  }

  @EitherEnd
  void theBoundsGoOnWhereTheyStood(End end) {
    start(BrokerSettings.DEFAULTS.journalCount(3));
    pushAll(PUSH.times(2));
    push(PUSH.data("\"key\"").collapse("orders"));

    reopen(end);
    push(PUSH.data("3").collapse("orders"));
    push(PUSH.data("4"));

    assertThat(held(OF_ALICE)).containsExactly("1", "3", "4");
  }

  @EitherEnd
  void acknowledgedPlacesAreWhereTheyWere(End end) {
    pushAll(PUSH.times(3));
    pushAll(TestPush.toEveryone().times(3));
    acknowledge(ALICE, appended(OF_ALICE, 1), appended(JournalId.EVERYONE, 0));

    reopen(end);

    Opening opening = openAfter(ALICE, "");
    assertFresh(opening);
    assertThat(data(OF_ALICE, opening.user())).containsExactly("2");
    assertThat(data(JournalId.EVERYONE, opening.everyone())).containsExactly("1", "2");
    acknowledge(ALICE, appended(OF_ALICE, 0), null);
    assertThat(listener.moved()).hasSize(1);
  }

  @EitherEnd
  void acknowledgedPlacesAreForgottenAtTheSameTime(End end) {
    push(TestPush.toEveryone());
    Cursor cursor = newest(JournalId.EVERYONE);
    acknowledge(ALICE, null, cursor);
    pass(Duration.ofDays(6));

    reopen(end);
    acknowledge(ALICE, null, cursor);
    assertThat(listener.moved()).hasSize(1);
    pass(Duration.ofDays(1));

    acknowledge(ALICE, null, cursor);
    assertThat(listener.moved()).hasSize(2);
  }

  @EitherEnd
  void whatWasRecalledStaysRecalled(End end) {
    push(PUSH.id("inv-17").data("1"));
    push(PUSH.data("2"));
    recall("inv-17");

    reopen(end);

    assertThat(held(OF_ALICE)).containsExactly("2", "null");
    assertThat(entries(OF_ALICE).get(1).kind()).isEqualTo(Entry.Kind.RECALL);
    assertThat(recall("inv-17").duplicate()).isTrue();
    assertThat(entries(OF_ALICE)).hasSize(2);
  }

  @EitherEnd
  void whatWasPushedBeforeCanBeRecalledAfter(End end) {
    push(TO_BOTH.id("inv-17"));

    reopen(end);

    assertThat(recall("inv-17").acked()).isTrue();
    assertThat(entries(OF_ALICE)).extracting(Entry::kind).containsExactly(Entry.Kind.RECALL);
    assertThat(entries(OF_BOB)).extracting(Entry::kind).containsExactly(Entry.Kind.RECALL);
  }

  @EitherEnd
  void whoWasForgottenStaysForgotten(End end) {
    pushAll(TO_BOTH.times(2));
    Waiting.get(broker().forget(ALICE));

    reopen(end);

    assertThat(entries(OF_ALICE)).isEmpty();
    assertThat(held(OF_BOB)).containsExactly("0", "1");
  }

  @EitherEnd
  void aCursorShowsWhatItsSessionsWereSentBefore(End end) {
    pushAll(PUSH.times(3));
    Cursor second = appended(OF_ALICE, 1);
    assertThat(openAfter(ALICE, "").witnessed()).isZero();

    reopen(end);

    long offset = entries(OF_ALICE).get(1).offset();
    assertThat(openAfter(ALICE, second.value()).witnessed()).isEqualTo(offset);
    assertThat(openAfter(ALICE, second.value()).witnessedEveryone()).isZero();
    assertThat(openAfter(ALICE, "").witnessed()).isZero();
  }

  private List<String> data(JournalId journal, long after) {
    return read(journal, after).entries().stream().map(entry -> entry.data().text()).toList();
  }
}
