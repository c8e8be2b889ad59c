package io.pushgate.gateway.broker;

import static io.pushgate.gateway.broker.Openings.assertResumed;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.ingress.DeliveryState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What ends because time went by, and what does not because only a clock says so. */
class SweepTest extends BrokerContract {
  private static final TestPush PUSH = TestPush.to(ALICE.value());
  private static final Duration DAYS = Duration.ofDays(8);

  @Test
  void aJournalThatIsSweptAwayTakesNothingFromTheOthers() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    push(TestPush.to(BOB.value()).data("\"kept\""));
    pushAll(TestPush.toEveryone().times(1));
    Cursor nothingYet = cursor(OF_BOB, open(ALICE, END).user());
    pushAll(PUSH.ttl(60).times(5));
    for (int minute = 0; minute < 10; minute++) {
      pass(Duration.ofMinutes(1));
    }

    assertThat(entries(OF_ALICE)).isEmpty();
    Opening opening = openAfter(BOB, "");
    assertThat(read(OF_BOB, opening.user()).entries()).hasSize(1);
    assertThat(opening.gap()).isFalse();
    assertThat(openAfter(BOB, appended(OF_BOB, 0).value()).gap()).isFalse();
    assertThat(read(JournalId.EVERYONE, opening.everyone()).entries()).hasSize(1);
    assertResumed(openAfter(BOB, nothingYet.value()));
  }

  @Test
  void whoIsThereHasMissedNothingWhereOtherJournalsAreSweptAway() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    long bob = open(BOB, END).user();
    pushAll(PUSH.ttl(60).times(5));
    for (int minute = 0; minute < 10; minute++) {
      pass(Duration.ofMinutes(1));
    }
    assertThat(open(BOB, END).user()).as("what was swept raised where all begin").isPositive();

    pushAll(TestPush.to(BOB.value()).times(2));

    assertThat(entries(OF_BOB)).hasSize(2);
    assertThat(entries(OF_BOB).get(0).previous()).isLessThanOrEqualTo(bob);
    assertThat(entries(OF_BOB).get(1).previous()).isEqualTo(entries(OF_BOB).get(0).offset());
  }

  @Test
  void smallStepsOfTheClockTrimAsTheyShould() {
    push(PUSH.id("inv-17"));

    for (int hour = 0; hour < 7 * 24; hour++) {
      assertThat(entries(OF_ALICE)).hasSize(1);
      pass(Duration.ofMinutes(60));
    }

    assertThat(entries(OF_ALICE)).isEmpty();
    assertThat(trace("inv-17").deliveries().get(0).state()).isEqualTo(DeliveryState.TRIMMED);
  }

  @Test
  void aClockThatIsSetALittleForwardIsBelieved() {
    push(PUSH.ttl(60));

    run().clock().jump(Duration.ofMinutes(2));
    sweep();

    assertThat(entries(OF_ALICE)).isEmpty();
  }

  @Test
  void aClockThatJumpsForwardTrimsNothingAtFirst() {
    push(PUSH.id("inv-17").receipt());
    Cursor first = newest(OF_ALICE);
    push(PUSH);
    sweep();

    run().clock().jump(DAYS);
    sweep();
    assertNothingEnded(first);
    pass(Duration.ofMinutes(9));

    assertNothingEnded(first);
  }

  @Test
  void aClockThatJumpsForwardIsBelievedWhenTenMinutesHaveConfirmedIt() {
    push(PUSH.id("inv-17").receipt());
    sweep();
    run().clock().jump(DAYS);
    sweep();

    pass(Duration.ofMinutes(10).plusSeconds(1));
    pass(Duration.ofSeconds(10));

    assertThat(entries(OF_ALICE)).isEmpty();
    assertThat(receipts(BILLING)).hasSize(1);
  }

  @Test
  void aClockThatJumpsForwardAndBackTrimsNothingEver() {
    push(PUSH.id("inv-17").receipt());
    Cursor first = newest(OF_ALICE);
    push(PUSH);
    run().clock().jump(DAYS);
    sweep();
    pass(Duration.ofMinutes(5));
    run().clock().jump(DAYS.negated());
    sweep();

    pass(Duration.ofMinutes(30));

    assertNothingEnded(first);
  }

  @Test
  void aClockThatJumpsBackwardTrimsNothing() {
    push(PUSH.id("inv-17").receipt());
    Cursor first = newest(OF_ALICE);
    push(PUSH);

    run().clock().jump(DAYS.negated());
    sweep();
    assertNothingEnded(first);
    pass(Duration.ofMinutes(30));

    assertNothingEnded(first);
  }

  @Test
  void whatIsPushedWhileTheClockIsBehindIsHeldAndReadWithItsTtlToo() {
    push(PUSH.data("0"));
    run().clock().jump(DAYS.negated());
    sweep();

    push(PUSH.data("1").ttl(60));
    push(PUSH.data("2"));
    sweep();

    assertThat(held(OF_ALICE)).containsExactly("0", "1", "2");
    run().clock().jump(DAYS);
    sweep();
    assertThat(held(OF_ALICE)).contains("0", "2");
  }

  @Test
  void aPlaceIsNotForgottenBecauseAClockJumps() {
    pushAll(PUSH.times(2));
    acknowledge(ALICE, newest(OF_ALICE), null);

    run().clock().jump(DAYS);
    sweep();

    assertThat(openAfter(ALICE, "").userBehind()).isFalse();
  }

  @Test
  void anIdIsNotForgottenBecauseAClockJumps() {
    push(PUSH.id("inv-17"));

    run().clock().jump(DAYS);
    sweep();

    assertThat(push(PUSH.id("inv-17")).duplicate()).isTrue();
  }

  private void assertNothingEnded(Cursor first) {
    assertThat(entries(OF_ALICE)).hasSize(2);
    assertResumed(openAfter(ALICE, first.value()));
    assertThat(receipts(BILLING)).isEmpty();
    assertThat(trace("inv-17").deliveries().get(0).state()).isEqualTo(DeliveryState.HELD);
  }
}
