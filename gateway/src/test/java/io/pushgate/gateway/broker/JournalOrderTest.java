package io.pushgate.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.ingress.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JournalOrderTest extends BrokerContract {

  @Test
  void keepsTheOrderOfOneCaller() {
    int pushes = 2_000;
    List<String> expected = IntStream.range(0, 1_000).mapToObj(Integer::toString).toList();

    for (int n = 0; n < pushes / 2; n++) {
      TestPush push = TestPush.to(n % 2 == 0 ? "alice@example.com" : "bob@example.com");
      publish(push.data(Integer.toString(n)));
    }
    run().settle();

    List<String> both = new ArrayList<>(held(OF_ALICE));
    both.addAll(held(OF_BOB));
    assertThat(both).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(held(OF_ALICE)).isSortedAccordingTo(JournalOrderTest::byNumber);
    assertThat(held(OF_BOB)).isSortedAccordingTo(JournalOrderTest::byNumber);
  }

  @Test
  void keepsTheOrderOfEachCallerAmongMany() throws InterruptedException {
    int callers = 4;
    int each = 200;
    List<Thread> threads = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      int first = caller * each;
      threads.add(new Thread(() -> callOneByOne(first, each)));
    }

    run();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    run().settle();

    List<Integer> numbers = held(OF_ALICE).stream().map(Integer::valueOf).toList();
    assertThat(numbers).hasSize(callers * each);
    for (int caller = 0; caller < callers; caller++) {
      int number = caller;
      assertThat(numbers.stream().filter(n -> n / each == number)).isSorted();
    }
  }

  private void callOneByOne(int first, int count) {
    for (int n = first; n < first + count; n++) {
      publish(TestPush.to(ALICE.value()).data(Integer.toString(n)));
    }
  }

  @Test
  void offsetsAscendAndEachEntryNamesTheOneBeforeIt() {
    pushAll(TestPush.to(List.of(ALICE.value(), BOB.value())).times(50));
    pushAll(Stream.of(TestPush.to(ALICE.value()).ttl(0), TestPush.to(ALICE.value())));

    for (JournalId journal : List.of(OF_ALICE, OF_BOB)) {
      long previous = 0;
      for (Entry entry : listener.appended(journal)) {
        assertThat(entry.previous()).isEqualTo(previous);
        assertThat(entry.offset()).isGreaterThan(previous);
        previous = entry.offset();
      }
    }
    assertThat(listener.appended(OF_ALICE)).hasSize(52);
  }

  @Test
  void noTwoEntriesOfTheStoreHaveOneOffset() {
    pushAll(TestPush.to(List.of(ALICE.value(), BOB.value())).times(100));
    pushAll(TestPush.toEveryone().times(100));

    List<Long> offsets =
        Stream.of(OF_ALICE, OF_BOB, JournalId.EVERYONE)
            .flatMap(journal -> entries(journal).stream())
            .map(Entry::offset)
            .toList();
    assertThat(offsets).hasSize(300).doesNotHaveDuplicates();
  }

  @Test
  void tellsTheListenerInTheOrderOfTheJournal() {
    pushAll(TestPush.to(ALICE.value()).times(500));

    assertThat(listener.appended(OF_ALICE)).isEqualTo(entries(OF_ALICE));
  }

  @Test
  void anEntryHoldsWhatWasPushed() {
    long now = run().clock().getAsLong();

    push(TestPush.to(ALICE.value()).id("inv-17").ttl(30).collapse("orders").data("{\"n\":17}"));

    Entry entry = entries(OF_ALICE).get(0);
    assertThat(entry.id()).isEqualTo("inv-17");
    assertThat(entry.collapse()).isEqualTo("orders");
    assertThat(entry.data().text()).isEqualTo("{\"n\":17}");
    assertThat(entry.timestampMillis()).isEqualTo(now);
    assertThat(entry.expiresMillis()).isEqualTo(now + 30_000);
  }

  @Test
  void anAckCountsUsersAndTheSessionsItWasOfferedTo() {
    listener.sessions = 3;
    listener.onlineUsers = 7;

    var one = push(TestPush.to(ALICE.value()));
    var several = push(TestPush.to(List.of(ALICE.value(), BOB.value(), ALICE.value())));
    var everyone = push(TestPush.toEveryone());

    assertThat(one.users()).isEqualTo(1);
    assertThat(one.sessions()).isEqualTo(3);
    assertThat(one.held()).isNotEqualTo(Held.NONE);
    assertThat(several.users()).isEqualTo(2);
    assertThat(several.sessions()).isEqualTo(6);
    assertThat(everyone.users()).isEqualTo(7);
    assertThat(everyone.sessions()).isEqualTo(3);
    assertThat(one.id()).isNotNull().isNotEqualTo(several.id());
  }

  @Test
  void whatIsForEveryoneLiesInOneJournalOfItsOwn() {
    push(TestPush.toEveryone().data("\"at five\""));

    assertThat(held(JournalId.EVERYONE)).containsExactly("\"at five\"");
    assertThat(held(OF_ALICE)).isEmpty();
  }

  @Test
  void aPushIsReadableOnceItIsAcked() {
    for (int n = 0; n < 50; n++) {
      Waiting.get(publish(TestPush.to(ALICE.value()).data(Integer.toString(n))));
      assertThat(held(OF_ALICE)).hasSize(n + 1);
    }
  }

  private static int byNumber(String one, String other) {
    return Integer.compare(Integer.parseInt(one), Integer.parseInt(other));
  }
}
