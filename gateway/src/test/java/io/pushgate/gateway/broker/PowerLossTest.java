package io.pushgate.gateway.broker;

import static io.pushgate.gateway.broker.Openings.assertGap;
import static io.pushgate.gateway.broker.Openings.assertResumed;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerRun.End;
import io.pushgate.gateway.testing.TestBroker;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.ingress.NackCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The power goes, and with it what was written and not synced. */
@ParameterizedClass
@EnumSource(
    value = TestBroker.class,
    names = {"KEPT_MEMORY"})
class PowerLossTest extends BrokerUnderTest {
  private static final TestPush PUSH = TestPush.to(ALICE.value());

  @Test
  void whatWasSyncedIsThere() {
    pushAll(PUSH.times(3));
    acknowledge(ALICE, appended(OF_ALICE, 0), null);
    List<Entry> before = entries(OF_ALICE);
    run().sync().run();

    reopen(End.POWER_LOST);

    assertThat(entries(OF_ALICE)).isEqualTo(before).hasSize(3);
    assertThat(openAfter(ALICE, "").user()).isEqualTo(before.get(0).offset());
    assertResumed(openAfter(ALICE, appended(OF_ALICE, 2).value()));
  }

  @Test
  void aCursorOfWhatWasLostIsAGapAndTheRestFollows() {
    push(PUSH.data("\"kept\""));
    run().sync().run();
    push(PUSH.data("\"lost\""));
    Cursor lost = appended(OF_ALICE, 1);

    reopen(End.POWER_LOST);

    Opening opening = openAfter(ALICE, lost.value());
    assertGap(opening);
    assertThat(held(OF_ALICE)).containsExactly("\"kept\"");
    assertThat(read(OF_ALICE, opening.user()).entries()).hasSize(1);
  }

  @Test
  void aCursorOfWhatWasLostStaysAGapWhenOthersWerePushedSince() {
    push(PUSH.data("\"kept\""));
    run().sync().run();
    push(PUSH.data("\"lost\""));
    Cursor lost = appended(OF_ALICE, 1);
    reopen(End.POWER_LOST);

    pushAll(PUSH.times(5));

    Opening opening = openAfter(ALICE, lost.value());
    assertGap(opening);
    assertThat(read(OF_ALICE, opening.user()).entries()).hasSize(6);
    reopen(End.CLOSED);
    assertGap(openAfter(ALICE, lost.value()));
    reopen(End.KILLED);
    assertGap(openAfter(ALICE, lost.value()));
  }

  @Test
  void aCursorOfWhatWasLostIsAheadOfTheJournal() {
    push(PUSH);
    run().sync().run();
    push(PUSH);
    Cursor lost = appended(OF_ALICE, 1);

    reopen(End.POWER_LOST);

    assertThat(acknowledge(ALICE, lost, null)).isEqualTo(Broker.Acknowledgement.BAD_CURSOR);
  }

  @Test
  void noPlaceIsGivenTwiceEvenIfNothingWasEverSynced() {
    Set<Long> given = new HashSet<>();
    for (int round = 0; round < 5; round++) {
      pushAll(PUSH.times(7));
      reopen(End.POWER_LOST);
    }
    push(PUSH);

    for (Entry entry : listener.appended(OF_ALICE)) {
      assertThat(given.add(entry.offset())).isTrue();
    }
    assertThat(given).hasSize(36);
  }

  @Test
  void anIdThatWasLostIsTakenAsTheFirst() {
    push(PUSH.id("kept").data("1"));
    run().sync().run();
    push(PUSH.id("lost").data("2"));

    reopen(End.POWER_LOST);

    assertThat(push(PUSH.id("lost").data("2")).duplicate()).isFalse();
    assertThat(push(PUSH.id("kept").data("1")).duplicate()).isTrue();
    assertThat(held(OF_ALICE)).containsExactly("1", "2");
  }

  @Test
  void nothingIsKnownOfWhatWasLost() {
    push(PUSH);
    run().sync().run();
    push(PUSH.id("lost").receipt());

    reopen(End.POWER_LOST);

    assertThat(findTrace("lost")).isNull();
    assertThat(recall("lost").code()).isEqualTo(NackCode.NOT_FOUND);
    acknowledge(ALICE, newest(OF_ALICE), null);
    assertThat(receipts(BILLING)).isEmpty();
  }

  @Test
  void theChainIsWholeBehindTheHole() {
    push(PUSH.data("\"kept\""));
    run().sync().run();
    push(PUSH.data("\"lost\""));
    reopen(End.POWER_LOST);

    push(PUSH.data("\"later\""));

    List<Entry> entries = entries(OF_ALICE);
    assertThat(entries.get(0).previous()).isZero();
    assertThat(entries.get(1).previous()).isEqualTo(entries.get(0).offset());
  }

  @Test
  void aReceiptThatWasLostIsAGapToWhoHadSeenIt() {
    push(PUSH.receipt().id("inv-17"));
    run().sync().run();
    acknowledge(ALICE, newest(OF_ALICE), null);
    long offset = receipts(BILLING).get(0).offset();
    Cursor lost = Cursors.cursor(broker().cursors().receiptsPrefix(BILLING), offset);

    reopen(End.POWER_LOST);

    ReceiptOpening opening = Waiting.get(broker().openReceipts(BILLING, lost.value()));
    assertThat(opening.gap()).isTrue();
    assertThat(opening.resumed()).isFalse();
    acknowledge(ALICE, newest(OF_ALICE), null);
    assertThat(receipts(BILLING)).hasSize(1);
    assertThat(receipts(BILLING).get(0).offset()).isNotEqualTo(offset);
  }
}
