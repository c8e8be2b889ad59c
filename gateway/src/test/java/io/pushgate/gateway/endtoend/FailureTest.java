package io.pushgate.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.Publisher;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.TestPush;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a broker that fails costs: a repeat, and nothing else. */
class FailureTest {
  private static final String ALICE = "alice@example.com";
  private static final String BOB = "bob@example.com";

  @RegisterExtension final GatewayExtension gateway = GatewayExtension.with().late();

  @ParameterizedTest
  @EnumSource
  void aPushThatFailedIsTakenByItsRepeatAndNobodyGetsItTwice(StreamKind kind) throws Exception {
    StreamClient alice = gateway.open(kind, ALICE);
    StreamClient bob = gateway.open(kind, BOB);
    Publisher publisher = gateway.publisher();
    gateway.failures().failAfter(0, 1);

    publisher.push(TestPush.to(List.of(ALICE, BOB)).data("1")).settle();
    publisher.push(TestPush.to(List.of(ALICE, BOB)).data("2")).settle();

    assertThat(publisher.repeated()).containsExactly("1");
    assertThat(alice.nextData(2)).containsExactly("1", "2");
    assertThat(bob.nextData(2)).containsExactly("1", "2");
  }
}
