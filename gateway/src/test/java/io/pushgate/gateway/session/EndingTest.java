package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.FakeWire;
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
  private static final long A_WHILE_MILLIS = 250;

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
  void aCutTellsHowLongItHadBeenSilentSinceTheWelcome() {
    TestSession session = watched();
    passAWhile();

    session.wire().cut();

    assertThat(silence()).isGreaterThanOrEqualTo(A_WHILE_MILLIS);
  }

  @Test
  void whatWasHeardEndsTheSilence() {
    TestSession session = watched();
    passAWhile();
    long begin = System.nanoTime();
    node()
        .loop(0)
        .submit(
            () -> {
              node().hub().all().forEach(each -> each.shared().tick());
              session.wire().receive(TestSession.text("ping"));
            })
        .syncUninterruptibly();

    session.wire().cut();

    long most = Duration.ofNanos(System.nanoTime() - begin).toMillis() + 1;
    assertThat(silence()).isBetween(0L, most);
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

  private long silence() {
    assertThat(told).hasSize(1);
    return Long.parseLong(told.get(0));
  }

  private static void passAWhile() {
    long begin = System.nanoTime();
    long nanos = Duration.ofMillis(A_WHILE_MILLIS).toNanos();
    Waiting.until("a while", () -> System.nanoTime() - begin > nanos);
  }

  private TestSession watched() {
    TestSession session = node().attach(new FakeWire(node().loop(0)), ALICE, "", 0, format, ending);
    session.welcome();
    return session;
  }
}
