package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.FakeWire;
import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.CloseCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is told of how a session ended. */
class EndingTest extends SessionContract {
  private static final String CLOSED = "closed";

  private final List<String> told = new CopyOnWriteArrayList<>();

  private final Ending ending =
      new Ending() {
        @Override
        public void closed() {
          told.add(CLOSED);
        }

        @Override
        public void cut(int silentMillis) {
          told.add(Integer.toString(silentMillis));
        }
      };

  @Test
  void aCutTellsHowLongNeitherSideHadSentAnything() {
    start(NodeSettings.DEFAULTS.heartbeat(Duration.ofMillis(300)));
    TestSession session = watched();
    long before = System.nanoTime();
    session.await("ping", 1);
    long asked = System.nanoTime();

    session.wire().cut();

    long most = Duration.ofNanos(System.nanoTime() - asked).toMillis();
    assertThat(told).hasSize(1);
    // From the ping on it was silent, and that came long after the welcome.
    assertThat(Duration.ofNanos(asked - before).toMillis()).isGreaterThanOrEqualTo(200);
    assertThat(Integer.parseInt(told.get(0))).isBetween(0, (int) most + 200);
  }

  @Test
  void silenceIsCountedFromTheWelcome() {
    TestSession session = watched();
    long begin = System.nanoTime();
    Waiting.until("a while", () -> System.nanoTime() - begin > Duration.ofMillis(250).toNanos());

    session.wire().cut();

    assertThat(Integer.parseInt(told.get(0))).isGreaterThanOrEqualTo(250);
  }

  @Test
  void whatWeCloseIsNoCut() {
    TestSession session = watched();
    node().hub().all().forEach(each -> each.onLoop(() -> each.close(CloseCode.SHUTDOWN, "")));
    Waiting.until("it is gone", session.wire()::lost);
    assertThat(told).containsExactly(CLOSED);
  }

  @Test
  void aCloseOfTheClientIsNoCut() {
    TestSession session = watched();
    if (webSocket()) {
      byte[] goingAway = ByteBuffer.allocate(2).putShort((short) 1001).array();
      session.wire().receive(TestSession.frame(0x88, goingAway));
      Waiting.until("it is gone", session.wire()::lost);
      assertThat(told).containsExactly(CLOSED);
    } else {
      session.wire().cut();
      assertThat(told).as("an event stream has no other end").hasSize(1);
    }
  }

  @Test
  void whoIsGoneBeforeWeCouldCloseIsNoCut() {
    TestSession session = watched();
    session.wire().peerStays();
    node().hub().all().forEach(each -> each.onLoop(() -> each.close(CloseCode.SHUTDOWN, "")));
    node().settle();
    session.wire().cut();
    assertThat(told).containsExactly(CLOSED);
  }

  private TestSession watched() {
    TestSession session = node().attach(new FakeWire(node().loop(0)), ALICE, "", 0, format, ending);
    session.welcome();
    return session;
  }
}
