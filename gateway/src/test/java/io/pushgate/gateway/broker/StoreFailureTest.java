package io.pushgate.gateway.broker;

import static io.pushgate.gateway.broker.Openings.assertResumed;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.PushAnswer;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.ingress.DeliveryState;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.ReceiptEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A store that takes nothing for a while: its disk is full, or away. */
class StoreFailureTest extends BrokerContract {
  private static final TestPush PUSH = TestPush.to(ALICE.value());
  private static final TestPush TO_BOTH = TestPush.to(List.of(ALICE.value(), BOB.value()));

  @Test
  void aPushIsNackedByItsIdAndNothingOfItIsSeen() {
    push(TO_BOTH.data("0"));
    run().failures().failAfter(0, 1);

    PushAnswer answer = push(TO_BOTH.id("inv-17").data("1"));

    assertThat(answer.code()).isEqualTo(NackCode.UNAVAILABLE);
    assertThat(answer.id()).isEqualTo("inv-17");
    assertThat(held(OF_ALICE)).containsExactly("0");
    assertThat(held(OF_BOB)).containsExactly("0");
    assertThat(listener.appended(OF_ALICE)).hasSize(1);
    assertThat(findTrace("inv-17")).isNull();
    assertThat(recall("inv-17").code()).isEqualTo(NackCode.NOT_FOUND);
  }

  @Test
  void aRepeatIsTakenAsTheFirst() {
    run().failures().failAfter(0, 1);
    push(TO_BOTH.id("inv-17").data("1"));

    PushAnswer repeat = push(TO_BOTH.id("inv-17").data("1"));

    assertThat(repeat.acked()).isTrue();
    assertThat(repeat.duplicate()).isFalse();
    assertThat(held(OF_ALICE)).containsExactly("1");
    assertThat(held(OF_BOB)).containsExactly("1");
    assertThat(listener.appended(OF_ALICE)).isEqualTo(entries(OF_ALICE));
  }

  @Test
  void aPushThatWasWrittenAfterAllIsHeldOnceWhenItIsRepeated() {
    push(TO_BOTH.data("0"));
    run().failures().failOnceWritten();
    PushAnswer first = push(TO_BOTH.id("inv-17").data("1"));
    assertThat(first.code()).isEqualTo(NackCode.UNAVAILABLE);

    assertThat(push(TO_BOTH.id("inv-17").data("1")).acked()).isTrue();

    assertThat(held(OF_ALICE)).containsExactly("0", "1");
    assertThat(held(OF_BOB)).containsExactly("0", "1");
  }

  @Test
  void aMadeIdThatWasWrittenAfterAllIsHeldOnceWhenItIsRepeated() {
    run().failures().failOnceWritten();
    String made = String.valueOf(push(PUSH.data("1")).id());

    assertThat(push(PUSH.id(made).data("1")).acked()).isTrue();

    assertThat(held(OF_ALICE)).containsExactly("1");
  }

  @Test
  void theCursorOfWhatWasWrittenAfterAllIsGoodAsSoonAsItIsRead() {
    push(PUSH.data("0"));
    run().failures().failOnceWritten();
    push(PUSH.data("1"));
    List<Entry> entries = entries(OF_ALICE);

    Cursor cursor = cursor(OF_ALICE, entries.get(entries.size() - 1).offset());
    assertResumed(openAfter(ALICE, cursor.value()));
    assertThat(acknowledge(ALICE, cursor, null)).isEqualTo(Broker.Acknowledgement.TAKEN);
  }

  @Test
  void noPlaceIsGivenTwiceAndTheChainIsWholeBehindAnythingThatFailed() {
    push(PUSH.data("0"));
    run().failures().failAfter(0, 1);
    push(PUSH.data("1"));
    push(PUSH.data("2"));
    run().failures().failOnceWritten();
    push(PUSH.data("3"));
    push(PUSH.data("4"));
    push(PUSH.data("5"));

    long previous = 0;
    for (Entry entry : entries(OF_ALICE)) {
      assertThat(entry.previous()).isEqualTo(previous);
      assertThat(entry.offset()).isGreaterThan(previous);
      previous = entry.offset();
    }
    assertThat(held(OF_ALICE)).containsExactly("0", "2", "3", "4", "5");
  }

  @Test
  void ofABatchExactlyWhatWasAckedIsHeld() {
    run().failures().failAfter(0, 1);
    List<String> acked = new ArrayList<>();

    List<CompletableFuture<PushAnswer>> answers = publishAll(PUSH.times(20));
    answers.add(publish(PUSH.data("20")));
    for (int n = 0; n < answers.size(); n++) {
      if (Waiting.get(answers.get(n)).acked()) {
        acked.add(Integer.toString(n));
      }
    }

    assertThat(acked).hasSizeLessThan(21);
    assertThat(held(OF_ALICE)).isEqualTo(acked);
    assertThat(listener.appended(OF_ALICE)).isEqualTo(entries(OF_ALICE));
  }

  @Test
  void repeatsInOneBatchAreAnsweredAlikeWhenItFails() {
    run().failures().failAfter(0, 1);

    List<PushAnswer> answers =
        publishAll(IntStream.range(0, 5).mapToObj(n -> PUSH.id("inv-17"))).stream()
            .map(Waiting::get)
            .toList();

    assertThat(answers).allMatch(answer -> "inv-17".equals(answer.id()));
    assertThat(push(PUSH.id("inv-17")).acked()).isTrue();
    assertThat(entries(OF_ALICE)).hasSize(1);
  }

  @Test
  void aRecallIsNackedByItsIdAndARepeatCompletesIt() {
    push(TO_BOTH.id("inv-17"));
    run().failures().failAfter(0, 1);

    PushAnswer first = recall("inv-17");
    assertThat(first.code()).isEqualTo(NackCode.UNAVAILABLE);
    assertThat(first.id()).isEqualTo("inv-17");
    assertThat(kinds(OF_ALICE)).containsExactly(Entry.Kind.NOTIFICATION);
    PushAnswer second = recall("inv-17");

    assertThat(second.acked()).isTrue();
    assertThat(second.duplicate()).isFalse();
    assertThat(kinds(OF_ALICE)).containsExactly(Entry.Kind.RECALL);
    assertThat(kinds(OF_BOB)).containsExactly(Entry.Kind.RECALL);
    assertThat(listener.appended(OF_ALICE)).hasSize(2);
  }

  @Test
  void aFailedAcknowledgementChangesNothingAndCanBeRepeated() {
    push(PUSH.id("inv-17").receipt());
    Cursor cursor = newest(OF_ALICE);
    run().failures().failAfter(0, 1);

    assertAcknowledgementFails(cursor);

    assertThat(listener.moved()).isEmpty();
    assertThat(receipts(BILLING)).isEmpty();
    assertThat(openAfter(ALICE, "").userBehind()).isTrue();
    assertThat(acknowledge(ALICE, cursor, null)).isEqualTo(Broker.Acknowledgement.TAKEN);
    assertThat(listener.moved()).hasSize(1);
    assertThat(receipts(BILLING))
        .extracting(Receipt::event)
        .containsExactly(ReceiptEvent.DELIVERED);
    assertThat(openAfter(ALICE, "").userBehind()).isFalse();
  }

  @Test
  void anAcknowledgementThatWasWrittenAfterAllMakesOneReceipt() {
    push(PUSH.id("inv-17").receipt());
    Cursor cursor = newest(OF_ALICE);
    run().failures().failOnceWritten();

    assertAcknowledgementFails(cursor);
    acknowledge(ALICE, cursor, null);

    assertThat(receipts(BILLING))
        .extracting(Receipt::event)
        .containsExactly(ReceiptEvent.DELIVERED);
  }

  @Test
  void receiptsThatWereNotWrittenCountForNothing() {
    start(BrokerSettings.DEFAULTS.receiptCount(2));
    push(PUSH.id("a").receipt());
    push(PUSH.id("b").receipt());
    Cursor first = appended(OF_ALICE, 0);
    run().failures().failAfter(0, 1);
    assertAcknowledgementFails(first);

    acknowledge(ALICE, first, null);
    acknowledge(ALICE, appended(OF_ALICE, 1), null);
    sweep();

    assertThat(receipts(BILLING)).extracting(Receipt::id).containsExactly("a", "b");
    assertThat(Waiting.get(broker().readReceipts(BILLING, 0, 10)).gap()).isFalse();
  }

  @Test
  void whatEndedWhileTheStoreFailedEndsWithTheNextSweep() {
    push(PUSH.id("inv-17").ttl(60).receipt());
    run().failures().failAfter(0, 1);
    pass(Duration.ofSeconds(60));
    run().failures().failAfter(0, 0);

    pass(Duration.ofSeconds(10));

    assertThat(receipts(BILLING)).extracting(Receipt::event).containsExactly(ReceiptEvent.EXPIRED);
    assertThat(trace("inv-17").deliveries().get(0).state()).isEqualTo(DeliveryState.EXPIRED);
  }

  @Test
  void readersAreServedWhileNothingCanBeWritten() {
    pushAll(PUSH.times(3));
    Cursor first = appended(OF_ALICE, 0);
    run().failures().failAfter(0, 1_000);
    push(PUSH);

    assertResumed(openAfter(ALICE, first.value()));
    assertThat(held(OF_ALICE)).containsExactly("0", "1", "2");
    run().failures().failAfter(0, 0);
  }

  @Test
  void pushesGoOnWhenThereIsRoomAgain() {
    run().failures().failAfter(0, 3);
    for (int n = 0; n < 3; n++) {
      assertThat(push(PUSH).code()).isEqualTo(NackCode.UNAVAILABLE);
    }

    pushAll(PUSH.times(50));

    assertThat(entries(OF_ALICE)).hasSize(50);
    assertThat(broker().trouble()).isNull();
  }

  @Test
  void isNotAvailableWhileTheStoreSaysThatItIsInTrouble() {
    push(PUSH);
    assertThat(broker().trouble()).isNull();

    run().failures().trouble("no space left on device");
    assertThat(broker().trouble()).isNotNull();
    run().failures().trouble(null);

    assertThat(broker().trouble()).isNull();
  }

  private void assertAcknowledgementFails(Cursor cursor) {
    Position position = new Position(cursor, null);
    CompletableFuture<?> taken = broker().acknowledge(ALICE, position).toCompletableFuture();
    Waiting.until("the acknowledgement has an answer", taken::isDone);
    assertThat(taken).isCompletedExceptionally();
  }

  private List<Entry.Kind> kinds(JournalId journal) {
    return entries(journal).stream().map(Entry::kind).toList();
  }
}
