package io.pushgate.gateway.broker;

import static io.pushgate.gateway.broker.Openings.assertFresh;
import static io.pushgate.gateway.broker.Openings.assertGap;
import static io.pushgate.gateway.broker.Openings.assertResumed;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.ReceiptEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A user of whom nothing is to be kept any longer. */
class ForgetTest extends BrokerContract {
  private static final TestPush PUSH = TestPush.to(ALICE.value());
  private static final TestPush TO_BOTH = TestPush.to(List.of(ALICE.value(), BOB.value()));

  @Test
  void takesTheJournalAway() {
    pushAll(PUSH.times(3));

    forget(ALICE);

    assertThat(entries(OF_ALICE)).isEmpty();
    assertThat(openAfter(ALICE, "").userBehind()).isFalse();
    assertFresh(openAfter(ALICE, ""));
  }

  @Test
  void leavesTheOthersAsTheyWere() {
    pushAll(TO_BOTH.receipt().times(2));
    pushAll(TestPush.toEveryone().times(2));
    acknowledge(BOB, appended(OF_BOB, 0), null);

    forget(ALICE);

    assertThat(held(OF_BOB)).containsExactly("0", "1");
    assertThat(held(JournalId.EVERYONE)).containsExactly("0", "1");
    assertThat(openAfter(BOB, "").user()).isEqualTo(entries(OF_BOB).get(0).offset());
    assertThat(receipts(BILLING)).extracting(Receipt::user).containsExactly(BOB);
  }

  @Test
  void takesTheAcknowledgedPlacesAway() {
    pushAll(TestPush.toEveryone().times(2));
    acknowledge(ALICE, null, newest(JournalId.EVERYONE));
    assertThat(openAfter(ALICE, "").everyoneBehind()).isFalse();

    forget(ALICE);

    assertThat(openAfter(ALICE, "").everyoneBehind()).isTrue();
  }

  @Test
  void takesTheReceiptsAwayThatNameTheUser() {
    push(TO_BOTH.receipt().id("inv-17"));
    acknowledge(ALICE, newest(OF_ALICE), null);
    acknowledge(BOB, newest(OF_BOB), null);
    assertThat(receipts(BILLING)).hasSize(2);

    forget(ALICE);

    assertThat(receipts(BILLING)).extracting(Receipt::user).containsExactly(BOB);
  }

  @Test
  void noReceiptNamesTheUserLater() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    push(TO_BOTH.receipt().ttl(60));
    push(TO_BOTH.receipt());
    push(TO_BOTH.receipt().ttl(0));
    Cursor second = appended(OF_ALICE, 1);

    forget(ALICE);
    acknowledge(ALICE, second, null);
    pass(Duration.ofSeconds(60));
    pushAll(TO_BOTH.times(3));

    assertThat(receipts(BILLING)).hasSize(3).allMatch(receipt -> receipt.user().equals(BOB));
    assertThat(receipts(BILLING))
        .extracting(Receipt::event)
        .doesNotContain(ReceiptEvent.DELIVERED, ReceiptEvent.RECALLED);
  }

  @Test
  void theIdOfAPushToTheUserIsStillADuplicateInItsWindow() {
    push(PUSH.id("inv-17"));

    forget(ALICE);

    assertThat(push(PUSH.id("inv-17")).duplicate()).isTrue();
    assertThat(entries(OF_ALICE)).isEmpty();
  }

  @Test
  void aTraceNoLongerNamesTheUser() {
    push(TO_BOTH.id("both"));
    push(PUSH.id("alone"));

    forget(ALICE);

    assertThat(trace("both").deliveries())
        .extracting(Trace.Delivery::journal)
        .containsExactly(OF_BOB);
    Trace alone = findTrace("alone");
    assertThat(alone == null ? List.of() : alone.deliveries()).isEmpty();
  }

  @Test
  void aRecallReachesTheOthersOnly() {
    push(TO_BOTH.id("both"));
    forget(ALICE);

    assertThat(recall("both").acked()).isTrue();

    assertThat(entries(OF_ALICE)).isEmpty();
    assertThat(entries(OF_BOB)).extracting(Entry::kind).containsExactly(Entry.Kind.RECALL);
  }

  @Test
  void aCursorFromBeforeIsAGapWhereSomethingLayBehindIt() {
    pushAll(PUSH.times(3));
    Cursor first = appended(OF_ALICE, 0);

    forget(ALICE);

    assertGap(openAfter(ALICE, first.value()));
  }

  @Test
  void whatIsPushedLaterIsHeldAtPlacesThatNobodyHadBefore() {
    pushAll(PUSH.times(3));
    long newest = listener.appended(OF_ALICE).get(2).offset();
    forget(ALICE);

    push(PUSH.data("\"later\""));

    assertThat(held(OF_ALICE)).containsExactly("\"later\"");
    assertThat(entries(OF_ALICE).get(0).offset()).isGreaterThan(newest);
    Opening opening = openAfter(ALICE, newest(OF_ALICE).value());
    assertResumed(opening);
  }

  @Test
  void aUserOfWhomNothingIsKnownIsForgottenToo() {
    forget(ALICE);

    push(PUSH);
    assertThat(entries(OF_ALICE)).hasSize(1);
  }

  @Test
  void aCollapseKeyBeginsAnew() {
    push(PUSH.data("0").collapse("orders"));
    forget(ALICE);

    push(PUSH.data("1").collapse("orders"));
    push(PUSH.data("2").collapse("orders"));

    assertThat(held(OF_ALICE)).containsExactly("2");
  }

  private void forget(UserId user) {
    Waiting.get(broker().forget(user));
    run().settle();
  }
}
