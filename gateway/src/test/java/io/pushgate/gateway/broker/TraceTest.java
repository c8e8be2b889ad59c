package io.pushgate.gateway.broker;

import static io.pushgate.protocol.ingress.DeliveryState.ACKNOWLEDGED;
import static io.pushgate.protocol.ingress.DeliveryState.EXPIRED;
import static io.pushgate.protocol.ingress.DeliveryState.HELD;
import static io.pushgate.protocol.ingress.DeliveryState.RECALLED;
import static io.pushgate.protocol.ingress.DeliveryState.TRIMMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.protocol.ingress.DeliveryState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is known of one notification: where it lies, and how it ended. */
class TraceTest extends BrokerContract {
  private static final String ID = "inv-17";
  private static final TestPush PUSH = TestPush.to(ALICE.value());
  private static final TestPush TO_THREE =
      TestPush.to(List.of(ALICE.value(), CAROL.value(), BOB.value()));

  @Test
  void tellsWhereAndSinceWhenItIsHeld() {
    long received = now();

    push(PUSH.id(ID));

    Trace trace = trace(ID);
    assertThat(trace.id()).isEqualTo(ID);
    assertThat(trace.receivedMillis()).isEqualTo(received);
    assertThat(trace.journalledMillis()).isEqualTo(received);
    assertThat(trace.acknowledged()).isZero();
    assertThat(trace.deliveries())
        .containsExactly(
            new Trace.Delivery(OF_ALICE, entries(OF_ALICE).get(0).offset(), HELD, received));
  }

  @Test
  void nothingIsKnownOfAnIdThatNobodyPushed() {
    push(PUSH.id(ID));

    assertThat(findTrace("inv-18")).isNull();
  }

  @Test
  void aMadeIdIsKnownToo() {
    String made = String.valueOf(push(PUSH).id());

    assertThat(states(made)).containsExactly(HELD);
  }

  @Test
  void hasOneDeliveryForEachUser() {
    push(TO_THREE.id(ID));

    assertThat(trace(ID).deliveries())
        .extracting(Trace.Delivery::journal)
        .containsExactlyInAnyOrder(OF_ALICE, OF_BOB, JournalId.of(CAROL));
  }

  @Test
  void isAcknowledgedSinceTheAcknowledgement() {
    push(PUSH.id(ID));
    run().clock().advance(Duration.ofSeconds(5));

    acknowledge(ALICE, newest(OF_ALICE), null);

    Trace trace = trace(ID);
    assertThat(trace.acknowledged()).isEqualTo(1);
    assertThat(trace.deliveries().get(0).state()).isEqualTo(ACKNOWLEDGED);
    assertThat(trace.deliveries().get(0).sinceMillis()).isEqualTo(now());
  }

  @Test
  void anAcknowledgementIsForAllThatItPasses() {
    push(PUSH.id("a"));
    push(PUSH.id("b"));
    push(PUSH.id("c"));

    acknowledge(ALICE, appended(OF_ALICE, 1), null);

    assertThat(states("a")).containsExactly(ACKNOWLEDGED);
    assertThat(states("b")).containsExactly(ACKNOWLEDGED);
    assertThat(states("c")).containsExactly(HELD);
  }

  @Test
  void whatAnAcknowledgementPassedButWasNeverSentIsStillHeld() {
    push(PUSH.id("a").ttl(60));
    push(PUSH.id("b"));
    push(PUSH.id("c"));
    long second = entries(OF_ALICE).get(1).offset();
    listener.sent = offset -> offset == second;

    acknowledge(ALICE, newest(OF_ALICE), null);

    assertThat(states("a")).containsExactly(HELD);
    assertThat(states("b")).containsExactly(ACKNOWLEDGED);
    assertThat(states("c")).containsExactly(HELD);
    pass(Duration.ofSeconds(60));
    assertThat(states("a")).containsExactly(EXPIRED);
    pass(Duration.ofDays(7));
    assertThat(states("c")).containsExactly(TRIMMED);
  }

  @Test
  void unfinishedDeliveriesComeFirst() {
    push(TO_THREE.id(ID));

    acknowledge(ALICE, newest(OF_ALICE), null);

    assertThat(states(ID)).containsExactly(HELD, HELD, ACKNOWLEDGED);
    assertThat(trace(ID).deliveries().get(2).journal()).isEqualTo(OF_ALICE);
    assertThat(trace(ID).acknowledged()).isEqualTo(1);
  }

  @Test
  void isExpiredBehindItsOwnTtl() {
    push(PUSH.id(ID).ttl(60));
    long expires = now() + 60_000;
    pass(Duration.ofMillis(59_999));
    assertThat(states(ID)).containsExactly(HELD);

    pass(Duration.ofMillis(1));

    assertThat(states(ID)).containsExactly(EXPIRED);
    assertThat(trace(ID).deliveries().get(0).sinceMillis()).isEqualTo(expires);
  }

  @Test
  void isRecalledSinceTheRecall() {
    push(TO_THREE.id(ID));
    run().clock().advance(Duration.ofSeconds(5));

    recall(ID);

    assertThat(states(ID)).containsExactly(RECALLED, RECALLED, RECALLED);
    assertThat(trace(ID).deliveries().get(0).sinceMillis()).isEqualTo(now());
  }

  @Test
  void isTrimmedWhereThereWereTooMany() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    push(TO_THREE.id(ID));
    run().clock().advance(Duration.ofSeconds(5));

    pushAll(PUSH.times(2));

    assertThat(states(ID)).containsExactly(HELD, HELD, TRIMMED);
    assertThat(trace(ID).deliveries().get(2).journal()).isEqualTo(OF_ALICE);
    assertThat(trace(ID).deliveries().get(2).sinceMillis()).isEqualTo(now());
  }

  @Test
  void isTrimmedWhereTheyWereTooLarge() {
    start(BrokerSettings.DEFAULTS.journalBytes(250));
    push(PUSH.id(ID).size(100));

    pushAll(IntStream.range(0, 2).mapToObj(n -> PUSH.size(100)));

    assertThat(states(ID)).containsExactly(TRIMMED);
  }

  @Test
  void isTrimmedWhereItGotTooOld() {
    push(PUSH.id(ID));
    run().clock().advance(Duration.ofDays(7).minusMillis(1));
    sweep();
    assertThat(states(ID)).containsExactly(HELD);

    pass(Duration.ofMillis(1));
    pass(Duration.ofMinutes(2));

    assertThat(states(ID)).containsExactly(TRIMMED);
  }

  @Test
  void isTrimmedWhereANewerOneWithItsKeyCame() {
    push(PUSH.id(ID).collapse("orders"));
    push(PUSH.collapse("other"));
    assertThat(states(ID)).containsExactly(HELD);

    push(PUSH.collapse("orders"));

    assertThat(states(ID)).containsExactly(TRIMMED);
  }

  @Test
  void theFirstEndIsTheOnlyOne() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    push(PUSH.id("acknowledged").ttl(60));
    acknowledge(ALICE, newest(OF_ALICE), null);
    push(PUSH.id("trimmed").ttl(60));
    pushAll(PUSH.times(2));

    acknowledge(ALICE, newest(OF_ALICE), null);
    pass(Duration.ofSeconds(60));

    assertThat(states("acknowledged")).containsExactly(ACKNOWLEDGED);
    assertThat(states("trimmed")).containsExactly(TRIMMED);
  }

  @Test
  void whatWasAcknowledgedBeforeItsRecallCountsAsAcknowledged() {
    push(TO_THREE.id(ID));
    acknowledge(ALICE, newest(OF_ALICE), null);

    recall(ID);

    assertThat(states(ID)).containsExactlyInAnyOrder(ACKNOWLEDGED, RECALLED, RECALLED);
    assertThat(trace(ID).acknowledged()).isEqualTo(1);
  }

  @Test
  void ofATtlOfZeroIsExpiredAfterHalfAMinute() {
    push(PUSH.id(ID).ttl(0));
    pass(Duration.ofSeconds(29));
    assertThat(states(ID)).containsExactly(HELD);

    pass(Duration.ofSeconds(1));

    assertThat(states(ID)).containsExactly(EXPIRED);
  }

  @Test
  void ofATtlOfZeroIsAcknowledgedWhereASessionDidSo() {
    push(PUSH.id(ID).ttl(0));
    acknowledge(ALICE, appended(OF_ALICE, 0), null);

    pass(Duration.ofSeconds(30));

    assertThat(states(ID)).containsExactly(ACKNOWLEDGED);
  }

  @Test
  void ofABroadcastIsOneDeliveryAndTheUsersWhoAcknowledgedIt() {
    push(TestPush.toEveryone().id(ID));

    acknowledge(ALICE, null, newest(JournalId.EVERYONE));
    acknowledge(ALICE, null, newest(JournalId.EVERYONE));
    acknowledge(BOB, null, newest(JournalId.EVERYONE));

    Trace trace = trace(ID);
    assertThat(trace.acknowledged()).isEqualTo(2);
    assertThat(trace.deliveries()).hasSize(1);
    assertThat(trace.deliveries().get(0).journal()).isEqualTo(JournalId.EVERYONE);
    assertThat(trace.deliveries().get(0).state()).isEqualTo(HELD);
  }

  @Test
  void aBroadcastIsNotAcknowledgedByWhomItWasNeverSentTo() {
    push(TestPush.toEveryone().id(ID));
    listener.sent = Sent.NOTHING;

    acknowledge(ALICE, null, newest(JournalId.EVERYONE));

    assertThat(trace(ID).acknowledged()).isZero();
  }

  @Test
  void theBroadcastOfAnIdThatWasUsedAgainCountsItsOwnUsers() {
    push(TestPush.toEveryone().id(ID));
    run().clock().advance(Duration.ofMinutes(10));
    push(TestPush.toEveryone().id(ID));

    acknowledge(ALICE, null, appended(JournalId.EVERYONE, 0));
    assertThat(trace(ID).acknowledged()).isZero();
    acknowledge(ALICE, null, appended(JournalId.EVERYONE, 1));

    assertThat(trace(ID).acknowledged()).isEqualTo(1);
  }

  @Test
  void aBroadcastThatFellOutOfItsJournalIsTrimmedAndStillCountsWhoAcknowledged() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    push(TestPush.toEveryone().id(ID));
    acknowledge(ALICE, null, newest(JournalId.EVERYONE));

    pushAll(TestPush.toEveryone().times(2));

    assertThat(states(ID)).containsExactly(TRIMMED);
    assertThat(trace(ID).acknowledged()).isEqualTo(1);
  }

  @Test
  void isKeptWhileSomethingOfItIsHeld() {
    push(TO_THREE.id(ID));
    acknowledge(ALICE, newest(OF_ALICE), null);

    pass(Duration.ofDays(6));

    assertThat(states(ID)).containsExactly(HELD, HELD, ACKNOWLEDGED);
  }

  @Test
  void isKeptForTheDedupeWindowBehindThatAndThenForgotten() {
    push(PUSH.id(ID).ttl(3600));
    String made = String.valueOf(push(PUSH.ttl(3600)).id());
    pass(Duration.ofHours(1));
    pass(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(states(ID)).containsExactly(EXPIRED);
    assertThat(states(made)).containsExactly(EXPIRED);

    pass(Duration.ofMinutes(1));

    assertThat(findTrace(ID)).isNull();
    assertThat(findTrace(made)).isNull();
  }

  @Test
  void isKeptThroughTheWindowOfItsIdHoweverEarlyItEnded() {
    push(PUSH.id(ID));
    recall(ID);

    pass(Duration.ofMinutes(10).minusSeconds(1));

    assertThat(states(ID)).containsExactly(RECALLED);
  }

  @Test
  void ofAnIdThatWasUsedAgainBehindItsWindowMeansTheNewest() {
    push(PUSH.id(ID));
    run().clock().advance(Duration.ofMinutes(10));
    push(TestPush.to(BOB.value()).id(ID));

    assertThat(trace(ID).receivedMillis()).isEqualTo(now());
    assertThat(trace(ID).deliveries()).extracting(Trace.Delivery::journal).containsExactly(OF_BOB);
  }

  private List<DeliveryState> states(String id) {
    return trace(id).deliveries().stream().map(Trace.Delivery::state).toList();
  }
}
