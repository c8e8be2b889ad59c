package io.pushgate.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.gateway.testing.FakeWire;
import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.TestBroker;
import io.pushgate.gateway.testing.TestNode;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.gateway.testing.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Broadcasts to more sessions than one slice of a walk visits. */
@ParameterizedClass
@EnumSource(TestBroker.class)
class WalkTest {
  private static final int SEVERAL_SLICES = 1_300;
  private static final int BROADCASTS = 60;

  @Parameter
  @SuppressWarnings("NullAway.Init") // Set before each test.
  TestBroker broker;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private TestNode node;

  private final List<TestSession> present = new ArrayList<>();

  @BeforeEach
  void fillTheFirstLoop() {
    node = new TestNode(broker, NodeSettings.DEFAULTS.loops(2));
    for (int n = 0; n < SEVERAL_SLICES; n++) {
      present.add(attach(0, n, ""));
    }
    node.settle();
  }

  @AfterEach
  void everyBufferIsGivenBack() {
    node.close();
  }

  private TestSession attach(int loop, int number, String after) {
    FakeWire wire = new FakeWire(node.loop(loop));
    return node.attach(wire, "user-" + number, after, 0, Format.WEBSOCKET);
  }

  @Test
  void sessionsThatJoinOnTheWayGetAllFromTheirStartOnce() {
    List<TestSession> fromTheFirst = new ArrayList<>();
    List<TestSession> fromTheEnd = new ArrayList<>();
    for (int n = 0; n < BROADCASTS; n++) {
      node.publish(TestPush.toEveryone().data(Integer.toString(n)));
      fromTheFirst.add(attach(n % 2, SEVERAL_SLICES + n, ""));
      fromTheEnd.add(attach(n % 2, 2 * SEVERAL_SLICES + n, "end"));
      present.get(20 * n).wire().cut(); // Another takes its place, perhaps behind the walk.
    }
    node.settle();

    fromTheFirst.forEach(session -> session.awaitData(BROADCASTS));
    fromTheEnd.forEach(TestSession::welcome);
    for (int n = 0; n < SEVERAL_SLICES; n++) {
      if (n % 20 != 0 || n >= 20 * BROADCASTS) {
        assertThat(present.get(n).awaitData(BROADCASTS).data()).isEqualTo(numbers(0));
      }
    }
    fromTheFirst.forEach(session -> assertThat(session.data()).isEqualTo(numbers(0)));
    fromTheEnd.forEach(WalkTest::assertEndsWhole);
  }

  @Test
  void aSessionThatTakesAnothersPlaceBehindTheWalkIsNotPassedOver() {
    EventLoop loop = node.loop(0);
    TestSession leaving = present.remove(100);
    loop.execute(
        () -> {
          node.publish(TestPush.toEveryone());
          // Behind the first slice, before the second: the last session moves to a place passed by.
          loop.execute(() -> leaving.wire().cut());
        });

    present.forEach(session -> session.awaitData(1));
  }

  /** From the first that it got to the last that there was. */
  private static void assertEndsWhole(TestSession session) {
    String last = Integer.toString(BROADCASTS - 1);
    Waiting.until(
        () -> "got " + session.data(),
        () -> session.data().isEmpty() || session.data().contains(last));
    List<String> data = session.data();
    assertThat(data).isEqualTo(numbers(BROADCASTS - data.size()));
  }

  private static List<String> numbers(int from) {
    return IntStream.range(from, BROADCASTS).mapToObj(Integer::toString).toList();
  }
}
