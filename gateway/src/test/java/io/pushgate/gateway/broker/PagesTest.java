package io.pushgate.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagesTest extends BrokerContract {

  @Test
  void aPageHasAtMostSoManyEntriesAndTheNextGoesOnBehindIt() {
    pushAll(TestPush.to(ALICE.value()).times(10));

    Page first = page(0, 4, 1 << 20);
    Page second = page(first.through(), 4, 1 << 20);
    Page third = page(second.through(), 4, 1 << 20);

    assertThat(data(first)).containsExactly("0", "1", "2", "3");
    assertThat(first.end()).isFalse();
    assertThat(first.through()).isEqualTo(first.entries().get(3).offset());
    assertThat(data(second)).containsExactly("4", "5", "6", "7");
    assertThat(data(third)).containsExactly("8", "9");
    assertThat(third.end()).isTrue();
  }

  @Test
  void aPageThatEndsWithTheJournalSaysSo() {
    pushAll(TestPush.to(ALICE.value()).times(4));

    assertThat(page(0, 4, 1 << 20).end()).isTrue();
  }

  @Test
  void aPageEndsBeforeItHasTooManyBytes() {
    pushAll(IntStream.range(0, 5).mapToObj(n -> TestPush.to(ALICE.value()).size(100)));

    Page page = page(0, 100, 250);

    assertThat(page.entries()).hasSize(2);
    assertThat(page.end()).isFalse();
  }

  @Test
  void anEntryLargerThanThePageStillComes() {
    push(TestPush.to(ALICE.value()).size(1_000));
    push(TestPush.to(ALICE.value()).size(1_000));

    assertThat(page(0, 100, 10).entries()).hasSize(1);
  }

  @Test
  void anEmptyJournalIsAnEmptyPageAtItsEnd() {
    Page page = page(0, 10, 1_000);

    assertThat(page.entries()).isEmpty();
    assertThat(page.end()).isTrue();
    assertThat(page.gap()).isFalse();
  }

  @Test
  void theEndOfAPageLiesBehindAllThatWasAppended() {
    pushAll(TestPush.to(ALICE.value()).times(3));
    push(TestPush.to(ALICE.value()).ttl(0));

    List<Entry> told = listener.appended(OF_ALICE);
    assertThat(read(OF_ALICE, 0).through()).isGreaterThanOrEqualTo(told.get(3).offset());
  }

  @Test
  void nothingThatIsAppendedLaterLiesBeforeTheEndOfAPage() {
    pushAll(TestPush.to(BOB.value()).times(20));
    long end = read(OF_ALICE, 0).through();

    push(TestPush.to(ALICE.value()).data("\"later\""));

    assertThat(read(OF_ALICE, end).entries()).hasSize(1);
  }

  @Test
  void aPageBehindSomethingTrimmedSaysThatThereIsAGap() {
    start(BrokerSettings.DEFAULTS.journalCount(3));
    pushAll(TestPush.to(ALICE.value()).times(5));
    List<Entry> told = listener.appended(OF_ALICE);

    assertThat(read(OF_ALICE, told.get(0).offset()).gap()).isTrue();
    assertThat(read(OF_ALICE, told.get(1).offset()).gap()).isFalse();
    assertThat(read(OF_ALICE, told.get(4).offset()).gap()).isFalse();
  }

  @Test
  void aReaderOfAJournalThatWasSweptAwayComesToAnEnd() {
    pushAll(TestPush.to(ALICE.value()).ttl(60).times(2));
    push(TestPush.to(ALICE.value()).ttl(60));
    long newest = listener.appended(OF_ALICE).get(2).offset();

    run().clock().advance(Duration.ofDays(8));
    run().sweep().run();
    run().settle();

    Page page = read(OF_ALICE, 0);
    assertThat(page.end()).isTrue();
    assertThat(page.through()).isGreaterThanOrEqualTo(newest);
  }

  @Test
  void pagesReadWhileOthersPushMissNothingAndRepeatNothing() {
    int pushes = 900;
    List<String> seen = new ArrayList<>();
    publishAll(TestPush.to(ALICE.value()).times(pushes));

    long after = 0;
    while (seen.size() < pushes) {
      Page page = page(after, 7, 1 << 20);
      seen.addAll(data(page));
      after = page.through();
    }

    assertThat(seen).isEqualTo(IntStream.range(0, pushes).mapToObj(Integer::toString).toList());
  }

  private Page page(long after, int maxEntries, int maxBytes) {
    return Waiting.get(broker().read(OF_ALICE, after, maxEntries, maxBytes));
  }

  private static List<String> data(Page page) {
    return page.entries().stream().map(entry -> entry.data().text()).toList();
  }
}
