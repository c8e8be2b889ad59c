package io.pushgate.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.PushAnswer;
import io.pushgate.gateway.testing.TestBroker;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.NackCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bound of all journals together, where they lie in memory, which is measured to the byte and
 * free as soon as something goes.
 */
@ParameterizedClass
@EnumSource(value = TestBroker.class, mode = EnumSource.Mode.EXCLUDE, names = "DISK")
class RoomTest extends BrokerUnderTest {
  private static final TestPush PUSH = TestPush.to(ALICE.value());
  private static final Duration DAYS = Duration.ofDays(8);
  private static final int MANY_USERS = 10_000;

  @Test
  void pushesAreRefusedByIdWhileTheStoreIsFullAndNothingHeldIsLost() {
    start(BrokerSettings.DEFAULTS.journalMemory(1 << 20));
    int taken = 0;
    PushAnswer answer = push(PUSH.size(60_000));
    while (answer.acked()) {
      taken++;
      answer = push(TestPush.to("user-" + taken).size(60_000));
    }

    assertThat(answer.code()).isEqualTo(NackCode.UNAVAILABLE);
    assertThat(answer.id()).isNotNull();
    assertThat(broker().trouble()).isNotNull();
    assertThat(taken).isBetween(10, 20);
    assertThat(entries(OF_ALICE)).hasSize(1);
    assertThat(push(PUSH.id("named")).id()).isEqualTo("named");
  }

  @Test
  void aRepeatIsAnsweredWhileTheStoreIsFull() {
    start(BrokerSettings.DEFAULTS.journalMemory(1 << 20));
    PushAnswer first = push(PUSH.id("known").size(60_000));
    fillUp();

    PushAnswer repeat = push(PUSH.id("known"));

    assertThat(repeat.duplicate()).isTrue();
    assertThat(repeat.held()).isEqualTo(first.held());
  }

  @Test
  void anIdRefusedWhileTheStoreWasFullIsNotUsedUp() {
    start(BrokerSettings.DEFAULTS.journalMemory(1 << 20));
    fillUp();
    push(PUSH.id("late"));
    emptyAll();

    PushAnswer repeat = push(TestPush.to(BOB.value()).id("late"));

    assertThat(repeat.acked()).isTrue();
    assertThat(repeat.duplicate()).isFalse();
    assertThat(entries(OF_BOB)).hasSize(1);
  }

  @Test
  void readingWhatIsTooOldGivesItsRoomBack() {
    start(BrokerSettings.DEFAULTS.journalMemory(1 << 20));
    for (int round = 0; round < 5; round++) {
      for (int n = 0; n < 10; n++) {
        assertThat(push(PUSH.size(60_000)).acked()).isTrue();
      }
      run().clock().advance(Duration.ofDays(8));
      assertThat(entries(OF_ALICE)).isEmpty();
    }
    assertThat(broker().trouble()).isNull();
  }

  @Test
  void theSweepGivesRoomBackThatNobodyElseTouches() {
    start(BrokerSettings.DEFAULTS.journalMemory(1 << 20));
    fillUp();

    emptyAll();

    assertThat(broker().trouble()).isNull();
    assertThat(push(PUSH).acked()).isTrue();
  }

  @Test
  void theSmallestPushesFillTheStoreToo() {
    start(BrokerSettings.DEFAULTS.journalMemory(1 << 20));

    PushAnswer answer = push(TestPush.toEveryone());
    int taken = 0;
    while (answer.acked() && taken < 100_000) {
      taken++;
      answer = push(TestPush.to("user-" + taken));
    }

    assertThat(answer.code()).isEqualTo(NackCode.UNAVAILABLE);
  }

  private void fillUp() {
    int user = 0;
    while (push(TestPush.to("user-" + user).size(60_000)).acked()) {
      user++;
    }
  }

  private void emptyAll() {
    run().clock().advance(Duration.ofDays(8));
    run().sweep().run();
    run().settle();
  }

  @Test
  void usersWhoNeverComeBackLeaveNoRoomTaken() {
    start(BrokerSettings.DEFAULTS.journalMemory(1 << 20));
    int first = fillUsers("first");
    assertThat(broker().trouble()).isNotNull();

    int last = 0;
    for (int round = 0; round < 4; round++) {
      pass(DAYS);
      pass(Duration.ofMinutes(11));
      assertThat(broker().trouble()).isNull();
      last = fillUsers("round-" + round);
    }

    assertThat(last).isGreaterThanOrEqualTo(first - first / 10);
  }

  @Test
  void placesAndReceiptsLeaveNoRoomTaken() {
    start(BrokerSettings.DEFAULTS.journalMemory(1 << 20));
    for (int round = 0; round < 6; round++) {
      for (int number = 0; number < 100; number++) {
        UserId user = UserId.of("round-" + round + "-" + number);
        assertThat(push(TestPush.to(user.value()).size(2_000).receipt()).acked()).isTrue();
        acknowledge(user, newest(JournalId.of(user)), null);
      }
      pass(DAYS);
      pass(DAYS);
    }

    assertThat(broker().trouble()).isNull();
  }

  /** Pushes to one user after the other until there is no room, and answers how many it took. */
  private int fillUsers(String name) {
    int user = 0;
    while (user < MANY_USERS && push(TestPush.to(name + "-" + user).size(5_000)).acked()) {
      user++;
    }
    return user;
  }
}
