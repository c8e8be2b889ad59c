package io.pushgate.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.PushAnswer;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.NackCode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DedupeTest extends BrokerContract {
  private static final TestPush PUSH = TestPush.to(ALICE.value());
  private static final TestPush TO_FIVE =
      TestPush.to(IntStream.range(0, 5).mapToObj(n -> "user-" + n).toList());

  @Test
  void aRepeatChangesNothingAndGetsTheFirstAnswer() {
    listener.sessions = 2;
    PushAnswer first = push(PUSH.id("inv-17").data("1"));
    listener.sessions = 5;

    PushAnswer repeat = push(PUSH.id("inv-17").data("2"));

    assertThat(first.duplicate()).isFalse();
    assertThat(repeat.duplicate()).isTrue();
    assertThat(repeat.acked()).isTrue();
    assertThat(repeat.id()).isEqualTo("inv-17");
    assertThat(repeat.users()).isEqualTo(1);
    assertThat(repeat.sessions()).isEqualTo(2);
    assertThat(held(OF_ALICE)).containsExactly("1");
  }

  @Test
  void anIdIsOneForAllUsers() {
    push(PUSH.id("inv-17"));

    assertThat(push(TestPush.to(BOB.value()).id("inv-17")).duplicate()).isTrue();
    assertThat(push(TestPush.toEveryone().id("inv-17")).duplicate()).isTrue();
    assertThat(entries(OF_BOB)).isEmpty();
  }

  @Test
  void repeatsOfWhatIsStillUnderWayGetTheFirstAnswer() {
    List<PushAnswer> answers =
        publishAll(Stream.generate(() -> TO_FIVE.id("inv-17")).limit(20)).stream()
            .map(Waiting::get)
            .toList();

    assertThat(answers).allMatch(PushAnswer::acked).allMatch(answer -> answer.users() == 5);
    assertThat(answers.stream().filter(answer -> !answer.duplicate())).hasSize(1);
    for (int user = 0; user < 5; user++) {
      assertThat(held("user-" + user)).hasSize(1);
    }
  }

  @Test
  void anIdMayComeAgainBehindTheWindow() {
    push(PUSH.id("inv-17").data("1"));
    run().clock().advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(push(PUSH.id("inv-17").data("2")).duplicate()).isTrue();
    run().clock().advance(Duration.ofMillis(1));

    assertThat(push(PUSH.id("inv-17").data("3")).duplicate()).isFalse();
    assertThat(held(OF_ALICE)).containsExactly("1", "3");
  }

  @Test
  void namedPushesAreOverloadedWhereNoIdMayBeForgottenYet() {
    start(BrokerSettings.DEFAULTS.dedupeCount(2));
    push(PUSH.id("a"));
    push(PUSH.id("b"));

    PushAnswer third = push(PUSH.id("c"));

    assertThat(third.code()).isEqualTo(NackCode.OVERLOADED);
    assertThat(third.id()).isEqualTo("c");
    assertThat(push(PUSH.id("a")).duplicate()).isTrue();
    assertThat(push(PUSH).acked()).isTrue();
    run().clock().advance(Duration.ofMinutes(10));
    assertThat(push(PUSH.id("c")).duplicate()).isFalse();
  }

  @Test
  void idsThatTheGatewayMadeTakeNoRoomAmongThoseThatAreRemembered() {
    start(BrokerSettings.DEFAULTS.dedupeCount(2));

    pushAll(PUSH.times(5));

    assertThat(push(PUSH.id("a")).acked()).isTrue();
    assertThat(push(PUSH.id("b")).acked()).isTrue();
  }

  @Test
  void aPushThatCouldNotBeTakenNamesItsIdAndARepeatCompletesIt() {
    run().failures().failAfter(0, 1);

    PushAnswer first = push(TO_FIVE.id("inv-17").data("1"));
    PushAnswer repeat = push(TO_FIVE.id("inv-17").data("1"));
    PushAnswer third = push(TO_FIVE.id("inv-17").data("1"));

    assertThat(first.code()).isEqualTo(NackCode.UNAVAILABLE);
    assertThat(first.id()).isEqualTo("inv-17");
    assertThat(repeat.acked()).isTrue();
    assertThat(repeat.duplicate()).isFalse();
    assertThat(repeat.users()).isEqualTo(5);
    assertThat(third.duplicate()).isTrue();
    for (int user = 0; user < 5; user++) {
      assertThat(held("user-" + user)).containsExactly("1");
    }
  }

  @Test
  void theSessionsOfAnAttemptThatFailedAreNotCounted() {
    listener.sessions = 1;
    run().failures().failAfter(0, 1);

    push(TO_FIVE.id("inv-17"));
    PushAnswer repeat = push(TO_FIVE.id("inv-17"));

    assertThat(repeat.sessions()).isEqualTo(5);
  }

  @Test
  void aMadeIdOfAFailedPushCompletesItToo() {
    run().failures().failAfter(0, 1);

    PushAnswer first = push(TO_FIVE);
    assertThat(first.code()).isEqualTo(NackCode.UNAVAILABLE);
    String made = String.valueOf(first.id());
    PushAnswer repeat = push(TO_FIVE.id(made));

    assertThat(repeat.acked()).isTrue();
    for (int user = 0; user < 5; user++) {
      assertThat(held("user-" + user)).hasSize(1);
    }
  }

  @Test
  void aPushMayFailManyTimesAndIsStillTakenOnce() {
    for (int attempt = 0; attempt < 4; attempt++) {
      run().failures().failAfter(0, 1);
      assertThat(push(TO_FIVE.id("inv-17")).code()).isEqualTo(NackCode.UNAVAILABLE);
    }

    assertThat(push(TO_FIVE.id("inv-17")).duplicate()).isFalse();
    for (int user = 0; user < 5; user++) {
      assertThat(held("user-" + user)).hasSize(1);
    }
  }

  @Test
  void anIdThatWasNotTakenIsNotUsedUp() {
    run().failures().failAfter(0, 1);
    push(TO_FIVE.id("inv-17"));

    PushAnswer repeat = push(PUSH.id("inv-17"));

    assertThat(repeat.acked()).isTrue();
    assertThat(repeat.duplicate()).isFalse();
    assertThat(repeat.users()).isEqualTo(1);
    assertThat(entries(OF_ALICE)).hasSize(1);
    assertThat(held("user-0")).isEmpty();
  }

  @Test
  void idsThatWereNotTakenTakeNoRoomAmongThoseThatAreRemembered() {
    start(BrokerSettings.DEFAULTS.dedupeCount(2));
    run().failures().failAfter(0, 2);
    push(PUSH.id("a"));
    push(PUSH.id("b"));

    assertThat(push(PUSH.id("c")).acked()).isTrue();
    assertThat(push(PUSH.id("d")).acked()).isTrue();
    assertThat(push(PUSH.id("e")).code()).isEqualTo(NackCode.OVERLOADED);
  }

  @Test
  void whatFailedTakesNoPlace() {
    push(PUSH.data("1"));
    run().failures().failAfter(0, 1);
    push(PUSH.data("2"));
    push(PUSH.data("3"));

    List<Entry> entries = entries(OF_ALICE);
    assertThat(held(OF_ALICE)).containsExactly("1", "3");
    assertThat(entries.get(1).previous()).isEqualTo(entries.get(0).offset());
  }

  private List<String> held(String user) {
    return held(JournalId.of(UserId.of(user)));
  }
}
