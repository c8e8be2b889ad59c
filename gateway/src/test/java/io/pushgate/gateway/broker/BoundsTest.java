package io.pushgate.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.PushAnswer;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.protocol.ingress.Held;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundsTest extends BrokerContract {
  private static final TestPush PUSH = TestPush.to(ALICE.value());

  @Test
  void theOldestGoWhereThereAreTooMany() {
    start(BrokerSettings.DEFAULTS.journalCount(3));

    pushAll(PUSH.times(5));

    assertThat(held(OF_ALICE)).containsExactly("2", "3", "4");
  }

  @Test
  void theOldestGoWhereTheyAreTooLarge() {
    start(BrokerSettings.DEFAULTS.journalBytes(250));

    pushAll(IntStream.range(0, 5).mapToObj(n -> PUSH.size(100)));

    assertThat(entries(OF_ALICE)).hasSize(2);
  }

  @Test
  void theOldestGoWhereTheyAreTooOld() {
    push(PUSH.data("0"));
    run().clock().advance(Duration.ofDays(6));
    push(PUSH.data("1"));
    run().clock().advance(Duration.ofDays(1));

    assertThat(held(OF_ALICE)).containsExactly("1");
    assertThat(read(OF_ALICE, 0).gap()).isTrue();
  }

  @Test
  void theBoundsOfOneJournalLeaveTheOthersAlone() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    push(TestPush.to(BOB.value()).data("\"b\""));
    push(TestPush.toEveryone().data("\"e\""));

    pushAll(PUSH.times(5));

    assertThat(held(OF_BOB)).containsExactly("\"b\"");
    assertThat(held(JournalId.EVERYONE)).containsExactly("\"e\"");
  }

  @Test
  void whatExpiredIsNotReadAndIsNoGap() {
    push(PUSH.data("0").ttl(10));
    push(PUSH.data("1"));
    run().clock().advance(Duration.ofSeconds(10));

    assertThat(held(OF_ALICE)).containsExactly("1");
    assertThat(read(OF_ALICE, 0).gap()).isFalse();
  }

  @Test
  void whatHasNotExpiredIsRead() {
    push(PUSH.data("0").ttl(10));
    run().clock().advance(Duration.ofMillis(9_999));

    assertThat(held(OF_ALICE)).containsExactly("0");
  }

  @Test
  void whatExpiredMakesRoomBeforeAnythingIsTrimmed() {
    start(BrokerSettings.DEFAULTS.journalCount(3));
    push(PUSH.data("0"));
    push(PUSH.data("1").ttl(10));
    push(PUSH.data("2").ttl(1_000));
    run().clock().advance(Duration.ofSeconds(20));

    push(PUSH.data("3"));

    assertThat(held(OF_ALICE)).containsExactly("0", "2", "3");
    assertThat(read(OF_ALICE, 0).gap()).isFalse();
  }

  @Test
  void aTtlOfZeroIsOfferedAndNotHeld() {
    PushAnswer answer = push(PUSH.ttl(0));

    assertThat(answer.held()).isEqualTo(Held.NONE);
    assertThat(listener.appended(OF_ALICE)).hasSize(1);
    assertThat(entries(OF_ALICE)).isEmpty();
    assertThat(read(OF_ALICE, 0).gap()).isFalse();
  }

  @Test
  void onlyTheNewestWithAKeyIsHeld() {
    push(PUSH.data("0").collapse("orders"));
    push(PUSH.data("1").collapse("other"));
    push(PUSH.data("2").collapse("orders"));
    push(PUSH.data("3"));
    push(TestPush.to(BOB.value()).data("4").collapse("orders"));
    push(PUSH.data("5").collapse("orders"));

    assertThat(held(OF_ALICE)).containsExactly("1", "3", "5");
    assertThat(held(OF_BOB)).containsExactly("4");
    assertThat(read(OF_ALICE, 0).gap()).isFalse();
  }

  @Test
  void whatCollapsedTakesNoRoom() {
    start(BrokerSettings.DEFAULTS.journalCount(3));
    push(PUSH.data("\"first\""));

    pushAll(PUSH.collapse("key").times(1_000));

    assertThat(held(OF_ALICE)).containsExactly("\"first\"", "999");
  }

  @Test
  void aKeyWhoseNewestWasTrimmedBeginsAnew() {
    start(BrokerSettings.DEFAULTS.journalCount(2));
    push(PUSH.data("\"old\"").collapse("key"));
    pushAll(PUSH.times(2));

    push(PUSH.data("\"new\"").collapse("key"));

    assertThat(held(OF_ALICE)).containsExactly("1", "\"new\"");
  }
}
