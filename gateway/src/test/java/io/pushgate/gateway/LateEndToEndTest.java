package io.pushgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.Publisher;
import io.pushgate.gateway.testing.WebSocketClient;
import org.junit.jupiter.api.Test;

/** The same over a broker that is late, out of step, and fails where a test says so. */
class LateEndToEndTest extends EndToEndContract {
  @Override
  GatewayExtension gateway() {
    return GatewayExtension.of("journal-count=100000", "journal-bytes=64MiB").late();
  }

  @Test
  void aPushThatFailedHalfWayIsCompletedByItsRepeatAndNobodyGetsItTwice() {
    WebSocketClient alice = gateway.webSocket("alice", "");
    WebSocketClient bob = gateway.webSocket("bob", "");
    alice.welcome();
    bob.welcome();
    gateway.failures().failAfter(1, 3);

    Publisher publisher = gateway.publisher();
    publisher.push("{\"op\":\"push\",\"to\":[\"alice\",\"bob\"],\"data\":1}");
    publisher.push("{\"op\":\"push\",\"to\":[\"alice\",\"bob\"],\"data\":2}");

    assertThat(alice.data(2)).containsExactly("1", "2");
    assertThat(bob.data(2)).containsExactly("1", "2");
    assertThat(alice.isSilent() && bob.isSilent()).isTrue();
  }
}
