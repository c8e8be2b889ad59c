package io.pushgate.gateway.broker;

import static io.pushgate.protocol.ingress.DeliveryState.ACKNOWLEDGED;
import static io.pushgate.protocol.ingress.DeliveryState.EXPIRED;
import static io.pushgate.protocol.ingress.DeliveryState.HELD;
import static io.pushgate.protocol.ingress.DeliveryState.RECALLED;
import static io.pushgate.protocol.ingress.DeliveryState.TRIMMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerRun.End;
import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.PushAnswer;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.ingress.DeliveryState;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.ReceiptEvent;
import java.time.Duration;
import java.util.List;

/** Ids, traces and receipts when the next process opens the store. */
class RestartOutcomesTest extends KeptBrokerContract {
  private static final TestPush PUSH = TestPush.to(ALICE.value());
  private static final TestPush TO_BOTH = TestPush.to(List.of(ALICE.value(), BOB.value()));

  @EitherEnd
  void aRepeatGetsTheFirstAnswer(End end) {
    listener.sessions = 2;
    PushAnswer first = push(TO_BOTH.id("inv-17").data("1"));
    listener.sessions = 5;

    reopen(end);
    PushAnswer repeat = push(TO_BOTH.id("inv-17").data("2"));

    assertThat(repeat)
        .isEqualTo(
            new PushAnswer("inv-17", null, first.users(), first.sessions(), first.held(), true));
    assertThat(repeat.sessions()).isEqualTo(4);
    assertThat(held(OF_ALICE)).containsExactly("1");
  }

  @EitherEnd
  void aRepeatOfWhatWasNeverHeldOrOfABroadcastGetsTheFirstAnswerToo(End end) {
    listener.onlineUsers = 7;
    PushAnswer passed = push(PUSH.id("now").ttl(0));
    PushAnswer everyone = push(TestPush.toEveryone().id("all"));
    listener.onlineUsers = 0;

    reopen(end);

    assertThat(push(PUSH.id("now").ttl(0)).held()).isEqualTo(passed.held());
    assertThat(push(TestPush.toEveryone().id("all")).users()).isEqualTo(everyone.users());
    assertThat(entries(JournalId.EVERYONE)).hasSize(1);
  }

  @EitherEnd
  void anIdIsForgottenAtTheEndOfItsWindow(End end) {
    push(PUSH.id("inv-17").data("1"));
    run().clock().advance(Duration.ofMinutes(9));

    reopen(end);
    assertThat(push(PUSH.id("inv-17").data("2")).duplicate()).isTrue();
    run().clock().advance(Duration.ofMinutes(1));

    assertThat(push(PUSH.id("inv-17").data("3")).duplicate()).isFalse();
    assertThat(held(OF_ALICE)).containsExactly("1", "3");
  }

  @EitherEnd
  void idsThatAreRememberedAreStillCounted(End end) {
    start(BrokerSettings.DEFAULTS.dedupeCount(2));
    push(PUSH.id("a"));
    push(PUSH.id("b"));

    reopen(end);

    assertThat(push(PUSH.id("c")).code()).isEqualTo(NackCode.OVERLOADED);
    run().clock().advance(Duration.ofMinutes(10));
    assertThat(push(PUSH.id("c")).acked()).isTrue();
  }

  @EitherEnd
  void aTraceTellsTheSame(End end) {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    push(PUSH.id("trimmed"));
    pushAll(PUSH.times(2));
    push(TO_BOTH.id("expired").ttl(60));
    pass(Duration.ofSeconds(60));
    push(PUSH.id("acknowledged"));
    acknowledge(ALICE, newest(OF_ALICE), null);
    push(PUSH.id("recalled"));
    recall("recalled");
    push(PUSH.id("held"));
    List<String> ids = List.of("trimmed", "expired", "acknowledged", "recalled", "held");
    List<Trace> before = ids.stream().map(this::trace).toList();

    reopen(end);

    assertThat(ids.stream().map(this::trace).toList()).isEqualTo(before);
    assertThat(before.stream().map(trace -> trace.deliveries().get(0).state()))
        .containsExactly(TRIMMED, EXPIRED, ACKNOWLEDGED, RECALLED, HELD);
  }

  @EitherEnd
  void aBroadcastStillCountsWhoAcknowledgedIt(End end) {
    push(TestPush.toEveryone().id("all"));
    acknowledge(ALICE, null, newest(JournalId.EVERYONE));

    reopen(end);
    acknowledge(ALICE, null, newest(JournalId.EVERYONE));
    acknowledge(BOB, null, newest(JournalId.EVERYONE));

    assertThat(trace("all").acknowledged()).isEqualTo(2);
  }

  @EitherEnd
  void whatAnAcknowledgementPassedUnsentIsHeldStill(End end) {
    push(PUSH.id("inv-17").receipt());
    listener.sent = Sent.NOTHING;
    acknowledge(ALICE, newest(OF_ALICE), null);

    reopen(end);

    assertThat(states("inv-17")).containsExactly(HELD);
    listener.sent = offset -> true;
    acknowledge(ALICE, newest(OF_ALICE), null);
    assertThat(states("inv-17")).containsExactly(ACKNOWLEDGED);
    assertThat(receipts(BILLING)).hasSize(1);
  }

  @EitherEnd
  void whatWasDeliveredLateEndedThoughItsIdIsUsedAgain(End end) {
    push(PUSH.id("inv-17").receipt());
    push(PUSH);
    listener.sent = Sent.NOTHING;
    acknowledge(ALICE, newest(OF_ALICE), null);
    listener.sent = offset -> true;
    acknowledge(ALICE, appended(OF_ALICE, 0), null);
    assertThat(receipts(BILLING))
        .extracting(Receipt::event)
        .containsExactly(ReceiptEvent.DELIVERED);

    reopen(end);
    run().clock().advance(Duration.ofMinutes(10));
    push(TestPush.to(BOB.value()).id("inv-17"));
    pushAll(PUSH.times(1_000));

    assertThat(receipts(BILLING)).hasSize(1);
  }

  @EitherEnd
  void receiptsAndTheirCursorsAreTheSame(End end) {
    push(PUSH.receipt().id("a"));
    push(PUSH.receipt().id("b"));
    acknowledge(ALICE, newest(OF_ALICE), null);
    List<Receipt> before = receipts(BILLING);
    Cursor first =
        Cursors.cursor(broker().cursors().receiptsPrefix(BILLING), before.get(0).offset());

    reopen(end);

    assertThat(receipts(BILLING)).isEqualTo(before).hasSize(2);
    ReceiptOpening opening = Waiting.get(broker().openReceipts(BILLING, first.value()));
    assertThat(opening.resumed()).isTrue();
    assertThat(Waiting.get(broker().readReceipts(BILLING, opening.after(), 10)).receipts())
        .extracting(Receipt::id)
        .containsExactly("b");
  }

  @EitherEnd
  void receiptsGoOnBehindThoseOfBefore(End end) {
    push(PUSH.receipt().id("a"));
    acknowledge(ALICE, newest(OF_ALICE), null);
    ReceiptOpening place = Waiting.get(broker().openReceipts(BILLING, "end"));
    Cursor welcome = Cursors.cursor(broker().cursors().receiptsPrefix(BILLING), place.after());

    reopen(end);
    push(PUSH.receipt().id("b"));
    acknowledge(ALICE, newest(OF_ALICE), null);

    List<Receipt> receipts = receipts(BILLING);
    assertThat(receipts).extracting(Receipt::id).containsExactly("a", "b");
    assertThat(receipts.get(1).offset()).isGreaterThan(receipts.get(0).offset());
    ReceiptOpening opening = Waiting.get(broker().openReceipts(BILLING, welcome.value()));
    assertThat(opening.resumed()).isTrue();
    assertThat(opening.gap()).isFalse();
  }

  @EitherEnd
  void whatEndsAfterwardsHasItsReceiptInTime(End end) {
    push(PUSH.receipt().id("expired").ttl(60));
    push(PUSH.receipt().id("passed").ttl(0));

    reopen(end);
    pass(Duration.ofSeconds(60));

    assertThat(receipts(BILLING))
        .allMatch(receipt -> receipt.event() == ReceiptEvent.EXPIRED)
        .extracting(Receipt::id)
        .containsExactlyInAnyOrder("expired", "passed");
  }

  @EitherEnd
  void whatEndedMeanwhileHasItsReceiptWithTheFirstSweep(End end) {
    push(PUSH.receipt().id("inv-17").ttl(60));
    run().clock().advance(Duration.ofMinutes(5));

    reopen(end);
    sweep();

    assertThat(receipts(BILLING)).extracting(Receipt::event).containsExactly(ReceiptEvent.EXPIRED);
    assertThat(states("inv-17")).containsExactly(EXPIRED);
  }

  @EitherEnd
  void whatGotTooOldInAWeekWithoutAProcessIsTrimmedWhenTheClockIsConfirmed(End end) {
    push(PUSH.receipt().id("inv-17"));
    run().clock().advance(Duration.ofDays(8));

    reopen(end);
    sweep();
    pass(Duration.ofMinutes(11));
    sweep();

    assertThat(entries(OF_ALICE)).isEmpty();
    assertThat(receipts(BILLING)).extracting(Receipt::event).containsExactly(ReceiptEvent.TRIMMED);
  }

  @EitherEnd
  void nothingThatEndedEndsAgain(End end) {
    start(BrokerSettings.DEFAULTS.journalCount(3));
    push(TO_BOTH.receipt().id("acknowledged").ttl(60));
    acknowledge(ALICE, newest(OF_ALICE), null);
    recall("acknowledged");
    push(PUSH.receipt().id("expired").ttl(5));
    pass(Duration.ofSeconds(5));
    List<Receipt> before = receipts(BILLING);

    reopen(end);
    acknowledge(ALICE, newest(OF_ALICE), null);
    acknowledge(BOB, newest(OF_BOB), null);
    recall("acknowledged");
    pass(Duration.ofSeconds(60));
    pushAll(TO_BOTH.times(5));

    assertThat(receipts(BILLING)).isEqualTo(before).hasSize(3);
  }

  @EitherEnd
  void theConnectionOfAProcessThatEndedIsToldNothingAndNobodyInItsPlace(End end) {
    push(PUSH.receipt().ttl(60), new ReceiptTo.Connection(7));

    reopen(end);
    pass(Duration.ofSeconds(60));

    assertThat(receipts(BILLING)).isEmpty();
    assertThat(listener.publishers()).isEmpty();
  }

  private List<DeliveryState> states(String id) {
    return trace(id).deliveries().stream().map(Trace.Delivery::state).toList();
  }
}
