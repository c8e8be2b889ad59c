package io.pushgate.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.PushAnswer;
import io.pushgate.gateway.testing.TestBroker;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.NackCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The bound of all journals together on disk, whose room is measured now and then. */
@ParameterizedClass
@EnumSource(value = TestBroker.class, names = "DISK")
class DiskRoomTest extends BrokerUnderTest {
  private static final TestPush PUSH = TestPush.to(ALICE.value());

  @Test
  void pushesAreRefusedByIdWhileTheDiskIsFullAndNothingHeldIsLost() {
    start(BrokerSettings.DEFAULTS.journalMemory(4 << 20));
    push(PUSH.id("known").data("1"));
    int users = fillUp();

    PushAnswer refused = push(PUSH.id("late"));

    assertThat(refused.code()).isEqualTo(NackCode.UNAVAILABLE);
    assertThat(refused.id()).isEqualTo("late");
    assertThat(push(PUSH.id("known")).duplicate()).isTrue();
    assertThat(held(OF_ALICE)).containsExactly("1");
    for (int user = 0; user < users; user++) {
      assertThat(entries(JournalId.of(UserId.of("user-" + user)))).hasSize(1);
    }
  }

  @Test
  void whoIsBehindIsServedWhileTheDiskIsFull() {
    start(BrokerSettings.DEFAULTS.journalMemory(4 << 20));
    pushAll(PUSH.receipt().times(3));
    fillUp();

    assertThat(held(OF_ALICE)).hasSize(3);
    assertThat(acknowledge(ALICE, newest(OF_ALICE), null)).isEqualTo(Broker.Acknowledgement.TAKEN);
    assertThat(receipts(BILLING)).hasSize(3);
  }

  /** Pushes to one user after the other until there is no room, and answers how many it took. */
  private int fillUp() {
    int[] user = {0};
    Waiting.until(
        "the disk is full",
        () -> {
          boolean taken = push(TestPush.to("user-" + user[0]).size(60_000)).acked();
          user[0] += taken ? 1 : 0;
          return !taken;
        });
    assertThat(broker().trouble()).isNotNull();
    return user[0];
  }
}
