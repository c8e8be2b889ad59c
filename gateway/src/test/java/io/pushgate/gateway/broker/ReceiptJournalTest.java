package io.pushgate.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerRun;
import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Cursor;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The receipts of a publisher with a name, which are a journal too. */
class ReceiptJournalTest extends BrokerContract {
  private static final TestPush PUSH = TestPush.to(ALICE.value()).receipt();
  private static final String OTHER = "shipping";

  @Test
  void holdsReceiptsInTheOrderInWhichTheyCame() {
    deliver(5);

    List<Receipt> receipts = receipts(BILLING);

    assertThat(receipts).extracting(Receipt::id).containsExactly("0", "1", "2", "3", "4");
    assertThat(receipts).extracting(Receipt::offset).isSorted().doesNotHaveDuplicates();
    assertThat(receipts.get(0).offset()).isPositive();
  }

  @Test
  void isOnesOwn() {
    push(PUSH.id("inv-17"));
    push(PUSH.id("parcel-4"), new ReceiptTo.Publisher(OTHER));
    acknowledge(ALICE, newest(OF_ALICE), null);

    assertThat(receipts(BILLING)).extracting(Receipt::id).containsExactly("inv-17");
    assertThat(receipts(OTHER)).extracting(Receipt::id).containsExactly("parcel-4");
  }

  @Test
  void tellsTheListenerThatItHoldsMore() {
    deliver(1);
    run().settle();
    assertThat(listener.publishers()).containsOnly(BILLING);
    int told = listener.publishers().size();

    pushAndAcknowledge("later");
    run().settle();

    assertThat(listener.publishers()).hasSizeGreaterThan(told).containsOnly(BILLING);
  }

  @Test
  void isReadInPages() {
    deliver(5);

    ReceiptPage first = page(BILLING, 0, 2);
    ReceiptPage second = page(BILLING, first.through(), 2);
    ReceiptPage third = page(BILLING, second.through(), 2);

    assertThat(ids(first)).containsExactly("0", "1");
    assertThat(first.end()).isFalse();
    assertThat(first.gap()).isFalse();
    assertThat(first.through()).isEqualTo(first.receipts().get(1).offset());
    assertThat(ids(second)).containsExactly("2", "3");
    assertThat(ids(third)).containsExactly("4");
    assertThat(third.end()).isTrue();
  }

  @Test
  void aPageThatEndsWithTheJournalSaysSo() {
    deliver(2);

    assertThat(page(BILLING, 0, 2).end()).isTrue();
  }

  @Test
  void anEmptyOneIsAnEmptyPageAtItsEnd() {
    ReceiptPage page = page(BILLING, 0, 10);

    assertThat(page.receipts()).isEmpty();
    assertThat(page.end()).isTrue();
    assertThat(page.gap()).isFalse();
  }

  @Test
  void nothingThatComesLaterLiesBeforeTheEndOfAPage() {
    deliver(3);
    long end = page(BILLING, 0, 10).through();

    pushAndAcknowledge("later");

    assertThat(ids(page(BILLING, end, 10))).containsExactly("later");
  }

  @Test
  void withoutAPlaceTheyBeginWithTheFirstHeld() {
    deliver(3);

    ReceiptOpening opening = openReceipts(BILLING, "");

    assertFollows(opening, "0", "1", "2");
    assertThat(opening.resumed()).isFalse();
    assertThat(opening.gap()).isFalse();
  }

  @Test
  void whoSaysHisNameForTheFirstTimeHasNothingBehindHim() {
    ReceiptOpening opening = openReceipts(BILLING, "");

    assertThat(opening.gap()).isFalse();
    assertFollows(opening);
    deliver(1);
    assertFollows(opening, "0");
  }

  @Test
  void behindACursorTheyAreResumed() {
    deliver(4);
    ReceiptOpening opening = openReceipts(BILLING, cursorOf(BILLING, 1).value());

    assertResumed(opening);
    assertFollows(opening, "2", "3");
  }

  @Test
  void behindTheNewestTheyAreResumedAndComeLater() {
    deliver(2);
    ReceiptOpening opening = openReceipts(BILLING, cursorOf(BILLING, 1).value());

    assertResumed(opening);
    assertFollows(opening);
    pushAndAcknowledge("later");
    assertFollows(opening, "later");
  }

  @Test
  void behindTheEndNothingThatIsHeldComes() {
    deliver(2);
    ReceiptOpening opening = openReceipts(BILLING, "end");

    assertResumed(opening);
    assertFollows(opening);
    pushAndAcknowledge("later");
    assertFollows(opening, "later");
  }

  @Test
  void thePlaceWhereTheyStartedIsOneToResumeFrom() {
    deliver(2);
    ReceiptOpening first = openReceipts(BILLING, "end");
    pushAndAcknowledge("later");

    ReceiptOpening second = openReceipts(BILLING, cursor(BILLING, first.after()).value());

    assertResumed(second);
    assertFollows(second, "later");
  }

  @Test
  void whatIsNoPlaceOfThisJournalIsAGapAndBeginsWithTheFirstHeld() {
    deliver(2);
    push(PUSH.id("parcel-4"), new ReceiptTo.Publisher(OTHER));
    acknowledge(ALICE, newest(OF_ALICE), null);
    BrokerRun lost = kind.start(BrokerSettings.DEFAULTS);
    Cursor ofLostEpoch = cursor(lost.broker().cursors(), BILLING, 1);
    lost.close();

    List<String> unusable =
        List.of(
            cursorOf(OTHER, 0).value(),
            ofLostEpoch.value(),
            cursor(BILLING, 1_000_000).value(),
            newest(OF_ALICE).value(),
            "r",
            "END",
            "no cursor, that is",
            "ü",
            "x".repeat(10_000));

    for (String after : unusable) {
      ReceiptOpening opening = openReceipts(BILLING, after);
      assertGap(opening);
      assertFollows(opening, "0", "1");
    }
  }

  @Test
  void theOldestGoWhereThereAreTooManyAndWhoNeedsThemIsToldOfAGap() {
    start(BrokerSettings.DEFAULTS.receiptCount(3));
    deliver(1);
    Cursor first = cursorOf(BILLING, 0);
    pushAll(IntStream.range(1, 5).mapToObj(n -> PUSH.id(Integer.toString(n))));
    acknowledge(ALICE, newest(OF_ALICE), null);
    sweep();

    assertThat(receipts(BILLING)).extracting(Receipt::id).containsExactly("2", "3", "4");
    assertThat(page(BILLING, 0, 10).gap()).isTrue();
    ReceiptOpening opening = openReceipts(BILLING, first.value());
    assertGap(opening);
    assertFollows(opening, "2", "3", "4");
    assertThat(page(BILLING, opening.after(), 10).gap()).isFalse();
  }

  @Test
  void whoBeginsWithTheFirstHeldIsToldOfNoGap() {
    start(BrokerSettings.DEFAULTS.receiptCount(3));
    deliver(5);
    sweep();

    ReceiptOpening opening = openReceipts(BILLING, "");

    assertThat(opening.gap()).isFalse();
    assertThat(page(BILLING, opening.after(), 10).gap()).isFalse();
    assertFollows(opening, "2", "3", "4");
  }

  @Test
  void theyGoWithTheJournalsAgeFromTheirOwnTime() {
    push(PUSH.id("inv-17"));
    pass(Duration.ofDays(6));
    acknowledge(ALICE, newest(OF_ALICE), null);
    Cursor cursor = cursorOf(BILLING, 0);
    pushAndAcknowledge("inv-18");

    pass(Duration.ofDays(7).minusMillis(1));
    assertThat(receipts(BILLING)).extracting(Receipt::id).containsExactly("inv-17", "inv-18");
    pass(Duration.ofMillis(1));

    assertThat(receipts(BILLING)).isEmpty();
    assertGap(openReceipts(BILLING, cursor.value()));
    assertThat(openReceipts(BILLING, "").gap()).isFalse();
  }

  /** Has as many receipts made, for ids that count from 0. */
  private void deliver(int count) {
    pushAll(IntStream.range(0, count).mapToObj(n -> PUSH.id(Integer.toString(n))));
    acknowledge(ALICE, newest(OF_ALICE), null);
  }

  private void pushAndAcknowledge(String id) {
    push(PUSH.id(id));
    acknowledge(ALICE, newest(OF_ALICE), null);
  }

  private ReceiptOpening openReceipts(String publisher, String after) {
    return Waiting.get(broker().openReceipts(publisher, after));
  }

  private ReceiptPage page(String publisher, long after, int maxReceipts) {
    return Waiting.get(broker().readReceipts(publisher, after, maxReceipts));
  }

  private void assertFollows(ReceiptOpening opening, String... ids) {
    assertThat(ids(page(BILLING, opening.after(), 100))).containsExactly(ids);
  }

  private static void assertResumed(ReceiptOpening opening) {
    assertThat(opening.resumed()).isTrue();
    assertThat(opening.gap()).isFalse();
  }

  private static void assertGap(ReceiptOpening opening) {
    assertThat(opening.resumed()).isFalse();
    assertThat(opening.gap()).isTrue();
  }

  private static List<String> ids(ReceiptPage page) {
    return page.receipts().stream().map(Receipt::id).toList();
  }

  private Cursor cursorOf(String publisher, int index) {
    return cursor(publisher, receipts(publisher).get(index).offset());
  }

  private Cursor cursor(String publisher, long offset) {
    return cursor(broker().cursors(), publisher, offset);
  }

  private static Cursor cursor(Cursors cursors, String publisher, long offset) {
    return Cursors.cursor(cursors.receiptsPrefix(publisher), offset);
  }
}
