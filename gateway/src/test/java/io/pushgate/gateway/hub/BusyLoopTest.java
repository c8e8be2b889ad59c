package io.pushgate.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.FakeWire;
import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.TestBroker;
import io.pushgate.gateway.testing.TestNode;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for a loop that is busy with something else. */
class BusyLoopTest {
  private static final int SIZE = 60_000;
  private static final int MORE_THAN_FIT = LoopHub.MAX_WAITING_BYTES / SIZE + 50;

  private final TestNode node =
      new TestNode(
          TestBroker.MEMORY,
          NodeSettings.DEFAULTS
              .with(BrokerSettings.DEFAULTS.journalCount(10_000).journalBytes(1 << 28))
              .loops(2));
  private final CountDownLatch busy = new CountDownLatch(1);

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private TestSession waiting;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private TestSession other;

  @BeforeEach
  void occupyTheFirstLoop() {
    waiting = node.attach(new FakeWire(node.loop(0)), "alice", "", 0, Format.SSE);
    other = node.attach(new FakeWire(node.loop(1)), "alice", "", 0, Format.SSE);
    waiting.welcome();
    other.welcome();
    node.settle();
    node.loop(0).execute(this::beBusy);
  }

  @AfterEach
  void everyBufferIsGivenBack() {
    busy.countDown();
    node.close();
  }

  private void beBusy() {
    try {
      busy.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Pushes as fast as the loop that is not busy takes them. */
  private void push(int count) {
    for (int n = 1; n <= count; n++) {
      node.push(TestPush.to("alice").data('"' + "x".repeat(SIZE) + n + '"'));
      if (n % 100 == 0) {
        other.awaitData(n);
      }
    }
  }

  @Test
  void moreBytesThanMayWaitAreReadFromTheJournalInTheirOrder() {
    push(MORE_THAN_FIT);
    busy.countDown();

    waiting.awaitData(MORE_THAN_FIT);
    node.settle();
    assertThat(waiting.data()).isEqualTo(other.awaitData(MORE_THAN_FIT).data());
    assertThat(node.scrape()).contains("pushgate_limit_hits_total{limit=\"waiting-for-loop\"} 1.0");
  }

  @Test
  void anAcknowledgementIsToldThoughNothingElseHadRoom() {
    push(MORE_THAN_FIT);
    String last = other.awaitData(MORE_THAN_FIT).cursor(MORE_THAN_FIT - 1);
    Waiting.get(
        node.router()
            .acknowledge(UserId.of("alice"), Objects.requireNonNull(Position.parse(last))));
    busy.countDown();

    waiting.await("acked", 1);
    assertThat(waiting.said("acked").findFirst().orElseThrow().text()).contains(last);
  }
}
