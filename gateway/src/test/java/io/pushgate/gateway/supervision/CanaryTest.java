package io.pushgate.gateway.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.TestBroker;
import io.pushgate.gateway.testing.TestNode;
import io.pushgate.gateway.testing.Waiting;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CanaryTest {
  private static final int LOOPS = 2;

  @ParameterizedTest
  @EnumSource(TestBroker.class)
  void alreadyTheFirstComesThroughAndLeavesNothing(TestBroker broker) {
    try (Metrics metrics = new Metrics();
        TestNode node = new TestNode(broker, NodeSettings.DEFAULTS.loops(LOOPS))) {
      Canary canary =
          new Canary(
              node.router(), List.of(node.loop(0), node.loop(1)), metrics.canaries(), () -> false);

      for (int i = 0; i < 3; i++) {
        CompletableFuture<Flight> arrived = new CompletableFuture<>();
        Flight flight = canary.launch(System.nanoTime(), arrived::complete);
        assertThat(Waiting.get(arrived)).isSameAs(flight);
        assertThat(flight.isJournalled()).isTrue();
      }

      assertThat(node.broker().broker().journals()).isZero();
      assertThat(node.hub().sessions()).isZero();
      assertThat(node.hub().onlineUsers()).isZero();
    }
  }
}
