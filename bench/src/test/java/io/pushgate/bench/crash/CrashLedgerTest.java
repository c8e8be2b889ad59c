package io.pushgate.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.crash.Violation.Promise;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.client.ServerFrame;
import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.ReceiptEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each fault that is planted is reported, and nothing else is. */
class CrashLedgerTest {
  private final Story story = new Story(4);

  /** All four arrive, and their receipts. */
  private void soundChain() {
    story.arrive(story.chain, 0, 1, 2, 3);
    story.allReceipts();
  }

  @Test
  void findsNothingWhereAllCameOnceInOrder() {
    soundChain();

    assertThat(story.verdict()).isEmpty();
    assertThat(story.receipts.count()).isEqualTo(story.ledger.owedReceipts());
  }

  @Test
  void findsWhatWasAckedAndNeverCame() {
    story.arrive(story.chain, 0, 1, 3);
    story.allReceiptsOf(0, 1, 3);

    assertThat(story.verdict()).containsExactly(Promise.LOST, Promise.RECEIPT_LOST);
    assertThat(story.ledger.violations().first().get(0).id())
        .isEqualTo(story.script.id(story.pushes.get(2)));
  }

  @Test
  void doesNotMissWhatWasNeverAcked() {
    int unanswered = story.answers.sendNext();
    soundChain();

    assertThat(story.verdict()).isEmpty();
    assertThat(story.answers.sendAgain()).endsWith(unanswered);
  }

  @Test
  void findsWhatComesTwiceOnAChainAlsoAcrossConnections() {
    story.arrive(story.chain, 0, 1, 2);
    story.chain.welcomed(true, true);
    story.arrive(story.chain, 2, 3);
    story.allReceipts();

    assertThat(story.verdict()).containsExactly(Promise.TWICE);
  }

  @Test
  void findsAPushThatWasStoredTwiceWhoeverReadsIt() {
    ReaderBooks page = story.reader(Habit.PAGE);
    soundChain();
    page.welcomed(false, false);
    story.arrive(page, 0, 1, 2, 3);
    page.notification(story.frame("u9", story.pushes.get(3)));

    assertThat(story.verdict(page)).containsExactly(Promise.PLACE, Promise.TWICE);
  }

  @Test
  void letsAPageSeeAgainWhatLiesBehindItsPlace() {
    ReaderBooks page = story.reader(Habit.PAGE);
    soundChain();
    page.welcomed(false, false);
    story.arrive(page, 0, 1, 2);
    page.welcomed(true, true);
    story.arrive(page, 1, 2, 3);

    assertThat(story.verdict(page)).isEmpty();
  }

  @Test
  void findsAReplayThatLeavesSomethingOut() {
    ReaderBooks page = story.reader(Habit.PAGE);
    soundChain();
    page.welcomed(false, false);
    story.arrive(page, 0, 1, 2);
    page.welcomed(true, true);
    story.arrive(page, 0, 2, 3);

    assertThat(story.verdict(page)).containsExactly(Promise.ORDER);
  }

  @Test
  void findsASwap() {
    story.arrive(story.chain, 0, 2, 1, 3);
    story.allReceipts();

    assertThat(story.verdict()).containsExactly(Promise.ORDER);
  }

  @Test
  void findsAnOrderThatIsNotThatOfTheOtherSessions() {
    Story two = new Story(1);
    ReaderBooks other = two.reader(Habit.CHAIN);
    other.welcomed(false, false);
    two.arrive(two.chain, 0);
    two.allReceipts();

    assertThat(two.verdict(other)).containsExactly(Promise.LOST, Promise.ORDER);
  }

  @Test
  void findsACursorThatIsGivenAgain() {
    story.chain.notification(story.frame("u1", story.pushes.get(0)));
    story.chain.notification(story.frame("u1", story.pushes.get(1)));
    story.arrive(story.chain, 2, 3);
    story.allReceipts();

    assertThat(story.verdict()).containsExactly(Promise.PLACE);
  }

  @Test
  void findsAFalseGapAndAPlaceThatIsNotResumed() {
    soundChain();
    story.chain.welcomed(true, false);
    story.chain.gap();

    assertThat(story.verdict()).containsExactly(Promise.FALSE_GAP, Promise.FALSE_GAP);
  }

  @Test
  void findsOthersPushesAndChangedData() {
    soundChain();
    Payload changed = Payload.of("{\"n\":0}");
    int number = story.pushes.get(3);
    story.chain.notification(
        new ServerFrame.Notification(
            Cursor.of("u3"), story.script.id(number), "crash", 1, changed));
    story.chain.notification(story.frame("u7", 1_000_000));
    story.chain.notification(story.frame("e7", number));

    assertThat(story.verdict())
        .containsExactly(Promise.DATA, Promise.TWICE, Promise.FOREIGN, Promise.FOREIGN);
  }

  @Test
  void findsADriftersConnectionThatLeavesSomethingOut() {
    ReaderBooks drifter = story.reader(Habit.DRIFTER);
    soundChain();
    drifter.welcomed(true, true);
    story.arrive(drifter, 0, 1);
    drifter.welcomed(true, true);
    story.arrive(drifter, 3);
    assertThat(story.verdict(drifter)).isEmpty();

    drifter.welcomed(true, true);
    story.arrive(drifter, 1, 3);
    assertThat(story.verdict(drifter)).containsExactly(Promise.ORDER);
  }

  @Test
  void findsAReceiptThatIsMissing() {
    story.arrive(story.chain, 0, 1, 2, 3);
    story.allReceiptsOf(0, 1, 2);

    assertThat(story.verdict()).containsExactly(Promise.RECEIPT_LOST);
  }

  @Test
  void findsAReceiptThatCameTwiceOrForWhatNobodyAcknowledged() {
    soundChain();
    story.receipt(1, ReceiptEvent.DELIVERED);
    Story early = new Story(1);
    early.arrive(early.chain, 0);
    early.receipt(0, ReceiptEvent.DELIVERED);
    Story ended = new Story(1);
    ended.arrive(ended.chain, 0);
    ended.chain.acknowledging();
    ended.receipt(0, ReceiptEvent.TRIMMED);

    assertThat(story.verdict()).containsExactly(Promise.RECEIPT_TWICE);
    assertThat(early.verdict()).containsExactly(Promise.RECEIPT_WRONG);
    assertThat(ended.verdict()).containsExactly(Promise.RECEIPT_WRONG);
  }

  @Test
  void findsReceiptsThatAreNotResumed() {
    soundChain();
    story.receipts.opened(true, false);
    story.receipts.gap();

    assertThat(story.verdict()).containsExactly(Promise.FALSE_GAP, Promise.FALSE_GAP);
  }

  @Test
  void findsARepeatThatIsTakenForTheFirstThoughItWasDelivered() {
    soundChain();
    int number = story.answers.sendNext();
    story.ledger.places(feed(number), Story.USER).told("u8", number);

    assertThat(story.answers.sendAgain()).contains(number);
    story.ack(number, false);

    assertThat(story.ledger.violations().counts()).containsKey(Promise.DUPLICATE);
  }

  @Test
  void findsARepeatOfAnAckedPushThatIsAnsweredOtherwise() {
    soundChain();
    List<Integer> again = story.answers.sendAgain();
    int acked = story.pushes.get(story.pushes.size() - 1);
    assertThat(again).contains(acked);

    IngressAnswer other = new IngressAnswer.Ack(story.script.id(acked), 1, 2, Held.DISK, true);
    again.subList(0, again.indexOf(acked)).forEach(number -> story.ack(number, true));
    story.answers.answer(acked, other);

    assertThat(story.ledger.violations().counts()).containsOnlyKeys(Promise.DUPLICATE);
  }

  @Test
  void findsAnswersOutOfOrderRefusalsAndAnswersToNothing() {
    soundChain();
    int first = story.answers.sendNext();
    int second = story.answers.sendNext();
    story.ack(second, false);
    story.answers.answer(first, new IngressAnswer.Nack(null, NackCode.UNAVAILABLE, "no room"));
    story.ack(first, false);

    assertThat(story.ledger.violations().counts())
        .containsOnlyKeys(Promise.ANSWER)
        .containsValue(3);
  }

  @Test
  void letsAPushBeRefusedWhereThatIsAllowedAndOwesNothingThen() {
    Story pressed = new Story(1, true);
    pressed.arrive(pressed.chain, 0);
    pressed.allReceipts();
    int refused = pressed.answers.sendNext();
    pressed.answers.answer(refused, new IngressAnswer.Nack(null, NackCode.OVERLOADED, "later"));

    assertThat(pressed.verdict()).isEmpty();
    assertThat(pressed.ledger.refusedCount()).isEqualTo(1);
    assertThat(pressed.answers.sendAgain()).doesNotContain(refused);
  }

  private Feed feed(int number) {
    return story.script.reach(number) == Script.Reach.EVERYONE ? Feed.EVERYONE : Feed.USER;
  }
}
