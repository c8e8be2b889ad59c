package io.pushgate.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.gateway.testing.FakeWire;
import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.TestBroker;
import io.pushgate.gateway.testing.TestNode;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.gateway.testing.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that fails in the turn of a loop does not take the others with it. */
class BrokenSessionTest {
  private final TestNode node =
      new TestNode(
          TestBroker.MEMORY, NodeSettings.DEFAULTS.loops(1).heartbeat(Duration.ofSeconds(1)));

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private TestSession first;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private TestSession broken;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private TestSession last;

  @BeforeEach
  void breakTheOneInTheMiddle() {
    first = attach();
    broken = attach();
    last = attach();
    node.push(TestPush.to("alice"));
    broken.awaitData(1);
    broken
        .wire()
        .beforeWrites(
            () -> {
              throw new IllegalStateException("thrown by the test");
            });
  }

  @AfterEach
  void everyBufferIsGivenBack() {
    node.close();
  }

  private TestSession attach() {
    TestSession session = node.attach(new FakeWire(node.loop(0)), "alice", "", 0, Format.WEBSOCKET);
    session.welcome();
    node.settle();
    return session;
  }

  @Test
  void broadcastsReachTheOthersAndGoOn() {
    node.push(TestPush.toEveryone());
    node.push(TestPush.toEveryone());

    assertOthersHave(3);
  }

  @Test
  void pushesReachTheOthersAndGoOn() {
    node.push(TestPush.to("alice"));
    node.push(TestPush.to("alice"));

    assertOthersHave(3);
  }

  @Test
  void heartbeatsGoOn() {
    first.await("ping", 1);
    last.await("ping", 1);
    Waiting.until("the broken one is cut", () -> broken.wire().aborted());
    assertThat(node.scrape()).doesNotContain("pushgate_sessions_closed_total{code=\"4408\"} 1");
  }

  @Test
  void acknowledgementsAreToldToTheOthers() {
    first.awaitData(1).ack(first.cursor(0));

    last.await("acked", 1);
    Waiting.until("the broken one is cut", () -> broken.wire().aborted());
  }

  @Test
  void oneWithoutABufferIsNamedAsSuch() {
    last.wire()
        .beforeWrites(
            () -> {
              throw new OutOfMemoryError("of buffers, thrown by the test");
            });

    node.push(TestPush.to("alice"));

    first.awaitData(2);
    Waiting.until("it is cut", () -> last.wire().aborted());
    assertThat(node.scrape()).contains("pushgate_limit_hits_total{limit=\"direct-memory\"} 1.0");
  }

  private void assertOthersHave(int count) {
    first.awaitData(count);
    last.awaitData(count);
    assertThat(broken.wire().aborted()).isTrue();
  }
}
