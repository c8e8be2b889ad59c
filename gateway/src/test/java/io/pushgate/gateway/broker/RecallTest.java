package io.pushgate.gateway.broker;

import static io.pushgate.gateway.broker.Openings.assertGap;
import static io.pushgate.gateway.broker.Openings.assertResumed;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.PushAnswer;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.NackCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RecallTest extends BrokerContract {
  private static final TestPush PUSH = TestPush.to(ALICE.value());
  private static final TestPush TO_BOTH = TestPush.to(List.of(ALICE.value(), BOB.value()));

  @Test
  void takesTheEntryOutOfTheJournalAndPutsItselfAtItsEnd() {
    push(PUSH.data("1"));
    push(PUSH.id("inv-17").data("2"));
    push(PUSH.data("3"));

    assertThat(recall("inv-17").acked()).isTrue();

    assertThat(held(OF_ALICE)).containsExactly("1", "3", "null");
    Entry recall = entries(OF_ALICE).get(2);
    assertThat(recall.kind()).isEqualTo(Entry.Kind.RECALL);
    assertThat(recall.id()).isEqualTo("inv-17");
    assertThat(recall.offset()).isGreaterThan(entries(OF_ALICE).get(1).offset());
    assertThat(read(OF_ALICE, 0).gap()).isFalse();
  }

  @Test
  void isToldToTheListenerAsALinkOfTheChain() {
    push(PUSH.id("inv-17"));
    recall("inv-17");
    push(PUSH);

    List<Entry> told = listener.appended(OF_ALICE);
    assertThat(told.stream().map(Entry::kind))
        .containsExactly(Entry.Kind.NOTIFICATION, Entry.Kind.RECALL, Entry.Kind.NOTIFICATION);
    assertThat(told.get(1)).isEqualTo(entries(OF_ALICE).get(0));
    assertThat(told.get(1).previous()).isEqualTo(told.get(0).offset());
    assertThat(told.get(2).previous()).isEqualTo(told.get(1).offset());
  }

  @Test
  void reachesAllUsersOfThePushAndNobodyElse() {
    push(TO_BOTH.id("inv-17").data("1"));
    push(TestPush.to(CAROL.value()).data("2"));

    recall("inv-17");

    for (JournalId journal : List.of(OF_ALICE, OF_BOB)) {
      assertThat(kinds(journal)).containsExactly(Entry.Kind.RECALL);
    }
    assertThat(held(JournalId.of(CAROL))).containsExactly("2");
  }

  @Test
  void ofABroadcastLiesInEveryonesJournal() {
    listener.onlineUsers = 7;
    listener.sessions = 9;
    push(TestPush.toEveryone().id("at-five").data("1"));

    PushAnswer answer = recall("at-five");

    assertThat(kinds(JournalId.EVERYONE)).containsExactly(Entry.Kind.RECALL);
    assertThat(entries(OF_ALICE)).isEmpty();
    assertThat(answer.users()).isEqualTo(7);
    assertThat(answer.sessions()).isEqualTo(9);
  }

  @Test
  void isAckedLikeAPush() {
    listener.sessions = 3;
    PushAnswer push = push(TO_BOTH.id("inv-17"));

    PushAnswer answer = recall("inv-17");

    assertThat(answer.id()).isEqualTo("inv-17");
    assertThat(answer.users()).isEqualTo(2);
    assertThat(answer.sessions()).isEqualTo(6);
    assertThat(answer.held()).isEqualTo(push.held()).isNotEqualTo(Held.NONE);
    assertThat(answer.duplicate()).isFalse();
  }

  @Test
  void aSecondOneIsADuplicateThatChangesNothing() {
    push(PUSH.id("inv-17"));
    PushAnswer first = recall("inv-17");

    PushAnswer second = recall("inv-17");

    assertThat(second.acked()).isTrue();
    assertThat(second.duplicate()).isTrue();
    assertThat(second.id()).isEqualTo("inv-17");
    assertThat(second.users()).isEqualTo(first.users());
    assertThat(kinds(OF_ALICE)).containsExactly(Entry.Kind.RECALL);
    assertThat(listener.appended(OF_ALICE)).hasSize(2);
  }

  @Test
  void anIdThatNobodyPushedIsNotFound() {
    push(PUSH.id("inv-17"));

    assertNotFound("inv-18");

    assertThat(kinds(OF_ALICE)).containsExactly(Entry.Kind.NOTIFICATION);
  }

  @Test
  void whatWasTrimmedIsNotFound() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    push(PUSH.id("inv-17"));
    pushAll(PUSH.times(2));

    assertNotFound("inv-17");
  }

  @Test
  void whatExpiredIsNotFound() {
    push(PUSH.id("inv-17").ttl(10));
    run().clock().advance(Duration.ofSeconds(10));

    assertNotFound("inv-17");
  }

  @Test
  void whatGotTooOldIsNotFoundEvenBeforeTheSweep() {
    push(PUSH.id("inv-17"));
    run().clock().advance(Duration.ofDays(7));

    assertNotFound("inv-17");
    assertThat(entries(OF_ALICE)).isEmpty();
  }

  @Test
  void whatCollapsedIsNotFoundAndDoesNotComeBackWithItsSuccessorGone() {
    push(PUSH.id("inv-17").collapse("orders"));
    push(PUSH.id("inv-18").collapse("orders"));

    assertNotFound("inv-17");
    recall("inv-18");

    assertThat(kinds(OF_ALICE)).containsExactly(Entry.Kind.RECALL);
  }

  @Test
  void whatWasNeverHeldIsNotFound() {
    push(PUSH.id("inv-17").ttl(0));

    assertNotFound("inv-17");
  }

  @Test
  void whatIsHeldForOneUserStillIsRecalled() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    push(TO_BOTH.id("inv-17").data("1"));
    pushAll(PUSH.times(2));

    assertThat(recall("inv-17").acked()).isTrue();

    assertThat(kinds(OF_BOB)).containsExactly(Entry.Kind.RECALL);
    assertThat(recall("inv-17").duplicate()).isTrue();
  }

  @Test
  void whatWasAcknowledgedIsRecalledToo() {
    push(PUSH.id("inv-17").data("1"));
    acknowledge(ALICE, newest(OF_ALICE), null);

    assertThat(recall("inv-17").acked()).isTrue();

    assertThat(kinds(OF_ALICE)).containsExactly(Entry.Kind.RECALL);
    assertThat(openAfter(ALICE, "").userBehind()).isTrue();
  }

  @Test
  void aMadeIdCanBeRecalled() {
    String made = String.valueOf(push(PUSH).id());

    assertThat(recall(made).acked()).isTrue();

    assertThat(kinds(OF_ALICE)).containsExactly(Entry.Kind.RECALL);
  }

  @Test
  void ofAnIdThatWasUsedAgainBehindItsWindowMeansTheNewest() {
    push(PUSH.id("inv-17").data("1"));
    run().clock().advance(Duration.ofMinutes(10));
    push(PUSH.id("inv-17").data("2"));

    recall("inv-17");

    assertThat(held(OF_ALICE)).containsExactly("1", "null");
    assertThat(recall("inv-17").duplicate()).isTrue();
    assertThat(held(OF_ALICE)).containsExactly("1", "null");
  }

  @Test
  void doesNotMakeRoomForTheSameIdWithinTheWindow() {
    push(PUSH.id("inv-17").data("1"));
    recall("inv-17");

    assertThat(push(PUSH.id("inv-17").data("2")).duplicate()).isTrue();

    assertThat(kinds(OF_ALICE)).containsExactly(Entry.Kind.RECALL);
  }

  @Test
  void takesEffectInItsOrderAmongThePushesOfItsCaller() {
    publish(PUSH.id("inv-17").data("1"));
    CompletableFuture<PushAnswer> recalled = askRecall("inv-17");
    publish(PUSH.data("2"));
    run().settle();

    assertThat(Waiting.get(recalled).acked()).isTrue();
    assertThat(held(OF_ALICE)).containsExactly("null", "2");
  }

  @Test
  void countsInTheJournalAsANotificationDoes() {
    start(BrokerSettings.DEFAULTS.journalCount(3));
    pushAll(PUSH.times(2));
    push(PUSH.id("inv-17").data("2"));
    recall("inv-17");
    assertThat(held(OF_ALICE)).containsExactly("0", "1", "null");

    push(PUSH.data("3"));

    assertThat(held(OF_ALICE)).containsExactly("1", "null", "3");
  }

  @Test
  void aReaderBehindFindsTheRecallInsteadOfWhatItTookBack() {
    pushAll(PUSH.times(2));
    push(PUSH.id("inv-17").data("2"));
    push(PUSH.data("3"));
    Page first = Waiting.get(broker().read(OF_ALICE, 0, 2, 1 << 20));

    recall("inv-17");

    Page second = read(OF_ALICE, first.through());
    assertThat(second.entries().stream().map(entry -> entry.data().text()))
        .containsExactly("3", "null");
    assertThat(second.gap()).isFalse();
    assertThat(second.end()).isTrue();
  }

  @Test
  void aReaderThatHadPassedTheEntryFindsTheRecall() {
    push(PUSH.id("inv-17"));
    push(PUSH);
    Page all = read(OF_ALICE, 0);

    recall("inv-17");

    assertThat(read(OF_ALICE, all.through()).entries().stream().map(Entry::kind))
        .containsExactly(Entry.Kind.RECALL);
  }

  @Test
  void whatWasRecalledBehindAPositionIsResumedAllTheSame() {
    pushAll(PUSH.times(1));
    push(PUSH.id("inv-17"));
    Cursor first = appended(OF_ALICE, 0);
    Cursor recalled = appended(OF_ALICE, 1);
    recall("inv-17");

    assertResumed(openAfter(ALICE, first.value()));
    assertResumed(openAfter(ALICE, recalled.value()));
  }

  @Test
  void aRecallThatWasTrimmedIsAGap() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    push(PUSH.id("inv-17"));
    Cursor first = appended(OF_ALICE, 0);
    recall("inv-17");
    pushAll(PUSH.times(2));

    assertGap(openAfter(ALICE, first.value()));
  }

  private void assertNotFound(String id) {
    PushAnswer answer = recall(id);
    assertThat(answer.code()).isEqualTo(NackCode.NOT_FOUND);
    assertThat(answer.id()).isEqualTo(id);
  }

  private List<Entry.Kind> kinds(JournalId journal) {
    return entries(journal).stream().map(Entry::kind).toList();
  }
}
