package io.pushgate.gateway.broker;

import static io.pushgate.protocol.ingress.ReceiptEvent.DELIVERED;
import static io.pushgate.protocol.ingress.ReceiptEvent.EXPIRED;
import static io.pushgate.protocol.ingress.ReceiptEvent.RECALLED;
import static io.pushgate.protocol.ingress.ReceiptEvent.TRIMMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.ReceiptEvent;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which receipts a push has: one for each user, when it ends for him. */
class ReceiptsTest extends BrokerContract {
  private static final TestPush PUSH = TestPush.to(ALICE.value()).receipt();
  private static final TestPush TO_BOTH =
      TestPush.to(List.of(ALICE.value(), BOB.value())).receipt();

  @Test
  void isDeliveredWhenASessionFirstAcknowledges() {
    push(PUSH.id("inv-17"));
    assertThat(ends()).isEmpty();
    run().clock().advance(Duration.ofSeconds(5));

    acknowledge(ALICE, newest(OF_ALICE), null);
    acknowledge(ALICE, newest(OF_ALICE), null);

    assertThat(ends()).containsExactly(end("inv-17", ALICE, DELIVERED));
    assertThat(receipts(BILLING).get(0).timestampMillis()).isEqualTo(now());
  }

  @Test
  void anAcknowledgementDeliversAllThatItPasses() {
    pushAll(IntStream.range(0, 4).mapToObj(n -> PUSH.id("inv-" + n)));

    acknowledge(ALICE, appended(OF_ALICE, 2), null);

    assertThat(ends())
        .containsExactly(
            end("inv-0", ALICE, DELIVERED),
            end("inv-1", ALICE, DELIVERED),
            end("inv-2", ALICE, DELIVERED));
  }

  @Test
  void whatWasNeverSentIsNotDelivered() {
    push(PUSH.id("unsent").ttl(60));
    push(PUSH.id("sent"));
    long sent = entries(OF_ALICE).get(1).offset();
    listener.sent = offset -> offset == sent;

    acknowledge(ALICE, newest(OF_ALICE), null);
    assertThat(ends()).containsExactly(end("sent", ALICE, DELIVERED));
    pass(Duration.ofSeconds(60));

    assertThat(ends())
        .containsExactly(end("sent", ALICE, DELIVERED), end("unsent", ALICE, EXPIRED));
  }

  @Test
  void anOlderSessionDeliversLaterWhatTheFirstWasNeverSent() {
    push(PUSH.id("inv-17"));
    push(PUSH.id("inv-18"));
    long second = entries(OF_ALICE).get(1).offset();
    listener.sent = offset -> offset == second;
    acknowledge(ALICE, newest(OF_ALICE), null);
    listener.sent = offset -> true;

    acknowledge(ALICE, appended(OF_ALICE, 0), null);

    assertThat(ends())
        .containsExactly(end("inv-18", ALICE, DELIVERED), end("inv-17", ALICE, DELIVERED));
    assertThat(listener.moved()).hasSize(1);
  }

  @Test
  void anAcknowledgementOfTheSamePlaceDeliversWhatWasSentSince() {
    push(PUSH.id("inv-17"));
    listener.sent = Sent.NOTHING;
    acknowledge(ALICE, newest(OF_ALICE), null);
    assertThat(ends()).isEmpty();
    listener.sent = offset -> true;

    acknowledge(ALICE, newest(OF_ALICE), null);

    assertThat(ends()).containsExactly(end("inv-17", ALICE, DELIVERED));
  }

  @Test
  void everyUserHasAReceiptOfHisOwn() {
    push(TO_BOTH.id("inv-17").ttl(60));

    acknowledge(BOB, newest(OF_BOB), null);
    pass(Duration.ofSeconds(60));

    assertThat(ends())
        .containsExactly(end("inv-17", BOB, DELIVERED), end("inv-17", ALICE, EXPIRED));
  }

  @Test
  void isExpiredBehindItsTtlWithoutAnybodyTouchingTheJournal() {
    push(PUSH.id("inv-17").ttl(60));
    long expires = now() + 60_000;
    pass(Duration.ofMillis(59_999));
    assertThat(ends()).isEmpty();

    pass(Duration.ofMillis(1));

    assertThat(ends()).containsExactly(end("inv-17", ALICE, EXPIRED));
    assertThat(receipts(BILLING).get(0).timestampMillis()).isEqualTo(expires);
  }

  @Test
  void isTrimmedBehindTheJournalsAgeWithoutAnybodyTouchingTheJournal() {
    push(PUSH.id("inv-17"));
    pass(Duration.ofDays(7).minusMillis(1));
    assertThat(ends()).isEmpty();

    pass(Duration.ofMillis(1));

    assertThat(ends()).containsExactly(end("inv-17", ALICE, TRIMMED));
  }

  @Test
  void isTrimmedWhereThereAreTooMany() {
    start(BrokerSettings.DEFAULTS.journalCount(2));

    pushAll(IntStream.range(0, 4).mapToObj(n -> PUSH.id("inv-" + n)));

    assertThat(ends()).containsExactly(end("inv-0", ALICE, TRIMMED), end("inv-1", ALICE, TRIMMED));
  }

  @Test
  void isTrimmedWhereTheyAreTooLarge() {
    start(BrokerSettings.DEFAULTS.journalBytes(250));

    pushAll(IntStream.range(0, 3).mapToObj(n -> PUSH.id("inv-" + n).size(100)));

    assertThat(ends()).containsExactly(end("inv-0", ALICE, TRIMMED));
  }

  @Test
  void isTrimmedWhereItCollapsed() {
    push(PUSH.id("inv-17").collapse("orders"));

    push(PUSH.id("inv-18").collapse("orders"));

    assertThat(ends()).containsExactly(end("inv-17", ALICE, TRIMMED));
  }

  @Test
  void isTrimmedThoughItWasSentWhereNobodyAcknowledgedIt() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    push(PUSH.id("inv-17"));
    pushAll(TestPush.to(ALICE.value()).times(2));

    acknowledge(ALICE, newest(OF_ALICE), null);

    assertThat(ends()).containsExactly(end("inv-17", ALICE, TRIMMED));
  }

  @Test
  void isRecalledForAllWhoHadNotAcknowledgedIt() {
    push(TO_BOTH.id("inv-17"));
    acknowledge(BOB, newest(OF_BOB), null);

    recall("inv-17");
    recall("inv-17");
    acknowledge(ALICE, newest(OF_ALICE), null);

    assertThat(ends())
        .containsExactly(end("inv-17", BOB, DELIVERED), end("inv-17", ALICE, RECALLED));
  }

  @Test
  void oneSweepEndsAllThatIsDueHoweverManyThatAre() {
    start(BrokerSettings.DEFAULTS.journalCount(5_000));
    for (int number = 0; number < 2_500; number++) {
      publish(PUSH.id("push-" + number).ttl(60));
    }
    run().settle();

    run().clock().advance(Duration.ofSeconds(60));
    run().sweep().run();
    run().settle();

    assertThat(ends()).hasSize(2_500).allMatch(end -> end.event() == EXPIRED);
  }

  @Test
  void nothingComesBehindDelivered() {
    start(BrokerSettings.DEFAULTS.journalCount(3));
    push(PUSH.id("recalled"));
    push(PUSH.id("expired").ttl(60));
    push(PUSH.id("collapsed").collapse("key"));
    acknowledge(ALICE, newest(OF_ALICE), null);

    recall("recalled");
    push(TestPush.to(ALICE.value()).collapse("key"));
    pass(Duration.ofSeconds(60));
    pushAll(TestPush.to(ALICE.value()).times(5));
    pass(Duration.ofDays(6));

    assertThat(ends()).hasSize(3).allMatch(end -> end.event() == DELIVERED);
  }

  @Test
  void nothingComesBehindAnyOtherEnd() {
    start(BrokerSettings.DEFAULTS.journalCount(3));
    push(PUSH.id("collapsed").collapse("key"));
    push(PUSH.id("recalled").collapse("key"));
    recall("recalled");
    push(PUSH.id("expired").ttl(60));
    pass(Duration.ofSeconds(60));
    List<End> before = ends();

    acknowledge(ALICE, newest(OF_ALICE), null);
    acknowledge(ALICE, appended(OF_ALICE, 3), null);
    pushAll(TestPush.to(ALICE.value()).times(5));
    pass(Duration.ofDays(6));

    assertThat(before).hasSize(3);
    assertThat(ends()).isEqualTo(before);
  }

  @Test
  void ofATtlOfZeroIsExpiredAfterHalfAMinute() {
    push(PUSH.id("inv-17").ttl(0));
    pass(Duration.ofSeconds(29));
    assertThat(ends()).isEmpty();

    pass(Duration.ofSeconds(1));

    assertThat(ends()).containsExactly(end("inv-17", ALICE, EXPIRED));
  }

  @Test
  void ofATtlOfZeroIsDeliveredWhereASessionAcknowledgedInTime() {
    push(PUSH.id("inv-17").ttl(0));

    acknowledge(ALICE, appended(OF_ALICE, 0), null);
    pass(Duration.ofSeconds(30));

    assertThat(ends()).containsExactly(end("inv-17", ALICE, DELIVERED));
  }

  @Test
  void whoWantsNoneGetsNone() {
    push(TestPush.to(ALICE.value()).ttl(60));
    push(TestPush.to(ALICE.value()));

    acknowledge(ALICE, newest(OF_ALICE), null);
    pass(Duration.ofSeconds(60));

    assertThat(ends()).isEmpty();
    assertThat(listener.publishers()).isEmpty();
  }

  @Test
  void aRepeatedPushHasTheReceiptOfTheFirst() {
    push(PUSH.id("inv-17"));
    push(PUSH.id("inv-17"), new ReceiptTo.Publisher("other"));
    push(PUSH.id("inv-17"));

    acknowledge(ALICE, newest(OF_ALICE), null);

    assertThat(ends()).containsExactly(end("inv-17", ALICE, DELIVERED));
    assertThat(receipts("other")).isEmpty();
  }

  @Test
  void anIdThatWasUsedAgainHasTheReceiptsOfBothItsPushes() {
    push(PUSH.id("inv-17"));
    run().clock().advance(Duration.ofMinutes(10));
    push(TO_BOTH.id("inv-17").ttl(60));

    acknowledge(ALICE, appended(OF_ALICE, 0), null);
    pass(Duration.ofSeconds(60));

    assertThat(ends())
        .containsExactlyInAnyOrder(
            end("inv-17", ALICE, DELIVERED),
            end("inv-17", ALICE, EXPIRED),
            end("inv-17", BOB, EXPIRED));
  }

  @Test
  void whoSaidNoNameIsToldOnTheConnectionThatPushed() {
    push(PUSH.id("inv-17").ttl(60), new ReceiptTo.Connection(7));
    push(PUSH.id("inv-18"), new ReceiptTo.Connection(8));

    acknowledge(ALICE, appended(OF_ALICE, 0), null);
    pass(Duration.ofDays(7));

    assertThat(listener.receipts(7))
        .extracting(Receipt::id, Receipt::user, Receipt::event, Receipt::offset)
        .containsExactly(tuple("inv-17", ALICE, DELIVERED, 0L));
    assertThat(listener.receipts(8)).extracting(Receipt::event).containsExactly(TRIMMED);
    assertThat(listener.publishers()).isEmpty();
  }

  /** A receipt without its time and place. */
  private record End(String id, UserId user, ReceiptEvent event) {}

  private static End end(String id, UserId user, ReceiptEvent event) {
    return new End(id, user, event);
  }

  private List<End> ends() {
    return receipts(BILLING).stream()
        .map(receipt -> end(receipt.id(), receipt.user(), receipt.event()))
        .toList();
  }
}
