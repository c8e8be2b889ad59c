package io.pushgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.testing.FakeGateway;
import io.pushgate.bench.testing.FakeSession;
import io.pushgate.bench.testing.Mischief;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Broadcasts against a gateway that is made up, and misbehaves when told to. */
class BroadcastCommandTest {
  private static final String[] SHORT = {
    "--sessions", "5", "--rate", "50", "--warmup", "100ms", "--duration", "500ms", "--settle", "1s"
  };

  private static BenchRun run(Mischief mischief, String... options) throws IOException {
    try (FakeGateway gateway = new FakeGateway(mischief)) {
      BenchRun run = BenchRun.against(gateway, "broadcast", options);
      assertThat(gateway.faults()).isEmpty();
      return run;
    }
  }

  @Test
  void endsWithZeroWhenEverySessionGotEveryPushOnceAndInOrder() throws IOException {
    BenchRun run = run(Mischief.NONE, SHORT);

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.count("books", "sent")).isEqualTo(30);
    assertThat(run.count("books", "acked")).isEqualTo(30);
    assertThat(run.count("books", "expected")).isEqualTo(150);
    assertThat(run.count("books", "delivered")).isEqualTo(150);
    assertThat(run.count("deliveryLatency", "count")).isEqualTo(125);
    assertThat(run.count("ackLatency", "count")).isEqualTo(25);
  }

  @Test
  void countsADeliveryThatNeverCameAsLost() throws IOException {
    Mischief losing =
        new Mischief() {
          @Override
          public List<byte[]> deliver(int session, int number, byte[] frame) {
            return session == 2 && number == 7 ? List.of() : List.of(frame);
          }
        };

    BenchRun run = run(losing, SHORT);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.count("books", "lost")).isEqualTo(1);
    assertThat(run.count("books", "doubled")).isZero();
    assertThat(run.count("books", "reordered")).isZero();
    assertThat(run.count("books", "sessionsAtFault")).isEqualTo(1);
  }

  @Test
  void countsTheLastDeliveryThatNeverCameAsLost() throws IOException {
    Mischief losing =
        new Mischief() {
          @Override
          public List<byte[]> deliver(int session, int number, byte[] frame) {
            return number == 29 ? List.of() : List.of(frame);
          }
        };

    BenchRun run = run(losing, SHORT);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.count("books", "lost")).isEqualTo(5);
  }

  @Test
  void countsADeliveryThatCameTwiceAsDoubled() throws IOException {
    Mischief doubling =
        new Mischief() {
          @Override
          public List<byte[]> deliver(int session, int number, byte[] frame) {
            return session == 1 && number == 29 ? List.of(frame, frame) : List.of(frame);
          }
        };

    BenchRun run = run(doubling, SHORT);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.count("books", "doubled")).isEqualTo(1);
    assertThat(run.count("books", "lost")).isZero();
    assertThat(run.count("books", "delivered")).isEqualTo(150);
  }

  @Test
  void countsADeliveryThatCameBehindALaterOneAsReordered() throws IOException {
    List<byte[]> held = new ArrayList<>();
    Mischief swapping =
        new Mischief() {
          @Override
          public List<byte[]> deliver(int session, int number, byte[] frame) {
            if (session == 3 && number == 10) {
              held.add(frame);
              return List.of();
            }
            return session == 3 && number == 11 ? List.of(frame, held.get(0)) : List.of(frame);
          }
        };

    BenchRun run = run(swapping, SHORT);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.count("books", "reordered")).isEqualTo(1);
    assertThat(run.count("books", "lost")).isZero();
    assertThat(run.count("books", "doubled")).isZero();
  }

  @Test
  void losesNothingWhereFramesComeInPiecesAndBurstsOfSeveral() throws IOException {
    Mischief cutting =
        new Mischief() {
          @Override
          public int chunk() {
            return 17;
          }
        };

    BenchRun run =
        run(
            cutting,
            "--sessions=3",
            "--users=2",
            "--in-flight=8",
            "--warmup=0s",
            "--duration=500ms",
            "--payload=3000",
            "--form=binary",
            "--loops=2");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.count("books", "delivered")).isEqualTo(3 * run.count("books", "sent"));
    assertThat(run.count("books", "sent")).isGreaterThan(8);
    assertThat(run.count("deliveryQueueing", "count")).isPositive();
    assertThat(run.out()).contains("queueing in the window, not service");
  }

  @Test
  void measuresFromTheIntendedTimeSoThatAStallShowsInEveryPushThatWasDueInIt() throws IOException {
    Mischief stalling =
        new Mischief() {
          @Override
          public void before(int number) throws InterruptedException {
            if (number == 10) {
              TimeUnit.MILLISECONDS.sleep(400);
            }
          }
        };

    BenchRun run = run(stalling, SHORT);

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    double max = run.json().path("deliveryLatency").path("maxMillis").doubleValue();
    double p50 = run.json().path("deliveryLatency").path("p50Millis").doubleValue();
    assertThat(max).isGreaterThan(390);
    // 20 of the 25 measured pushes were due while it slept, half of them in its first 200 ms.
    assertThat(p50).isGreaterThan(100);
  }

  @Test
  void sendsWhatIsOverdueAtTheEndAndSaysWhatItCouldNot() throws IOException {
    Mischief slow =
        new Mischief() {
          @Override
          public void before(int number) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(20);
          }
        };

    BenchRun run =
        run(
            slow,
            "--sessions=1",
            "--rate=2000",
            "--warmup=0s",
            "--duration=1s",
            "--payload=500000");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
    long sent = run.count("books", "sent");
    assertThat(run.count("books", "unsent")).isPositive().isEqualTo(2000 - sent);
    assertThat(run.count("books", "delivered")).isEqualTo(sent);
    assertThat(run.out()).contains("more was due than could be sent");
  }

  @Test
  void leavesPushesOfAnotherRunOutOfItsBooks() throws IOException {
    Mischief replaying =
        new Mischief() {
          @Override
          public List<byte[]> deliver(int session, int number, byte[] frame) {
            String text = new String(frame, StandardCharsets.ISO_8859_1);
            String other = text.replaceFirst("\"bench\":\"[0-9a-f]{8}", "\"bench\":\"00000000");
            return number == 3
                ? List.of(other.getBytes(StandardCharsets.ISO_8859_1), frame)
                : List.of(frame);
          }
        };

    BenchRun run = run(replaying, SHORT);

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.count("books", "foreign")).isEqualTo(5);
  }

  @Test
  void saysThatItCouldNotRunAsAskedWherePushesWereRefused() throws IOException {
    Mischief refusing =
        new Mischief() {
          @Override
          public IngressAnswer.Nack refuse(int number) {
            return number == 4
                ? new IngressAnswer.Nack(null, NackCode.OVERLOADED, "too much")
                : null;
          }
        };

    BenchRun run = run(refusing, SHORT);

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.count("books", "refused")).isEqualTo(1);
    assertThat(run.count("books", "lost")).isZero();
    assertThat(run.out()).contains("overloaded: too much");
  }

  @Test
  void goesOnInAClosedLoopBehindARefusal() throws IOException {
    Mischief refusing =
        new Mischief() {
          @Override
          public IngressAnswer.Nack refuse(int number) {
            return number % 2 == 0
                ? new IngressAnswer.Nack(null, NackCode.OVERLOADED, "too much")
                : null;
          }
        };

    BenchRun run =
        run(refusing, "--sessions=2", "--in-flight=1", "--warmup=0s", "--duration=300ms");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.count("books", "acked")).isGreaterThan(2);
    assertThat(run.count("books", "unanswered")).isZero();
  }

  @Test
  void countsAcksThatAreMissingDoubledOrOutOfOrder() throws IOException {
    List<Reply> held = new ArrayList<>();
    Mischief confusing =
        new Mischief() {
          @Override
          public List<Reply> answer(int number, Reply reply) {
            if (number == 3) {
              held.add(reply);
            }
            return switch (number) {
              case 3, 20 -> List.of();
              case 4 -> List.of(reply, held.get(0));
              case 10 -> List.of(reply, reply);
              default -> List.of(reply);
            };
          }
        };

    BenchRun run = run(confusing, SHORT);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.count("books", "answersMisplaced")).isPositive();
    assertThat(run.count("books", "answersStrayed")).isEqualTo(1);
    assertThat(run.count("books", "unanswered")).isEqualTo(1);
    assertThat(run.count("books", "lost")).isZero();
  }

  @Test
  void stopsAClosedLoopThatALostDeliveryHasBlocked() throws IOException {
    Mischief losing =
        new Mischief() {
          @Override
          public List<byte[]> deliver(int session, int number, byte[] frame) {
            return session == 0 && number == 5 ? List.of() : List.of(frame);
          }
        };

    BenchRun run =
        run(
            losing,
            "--sessions=2",
            "--in-flight=1",
            "--warmup=0s",
            "--duration=1m",
            "--settle=500ms");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.count("books", "lost")).isEqualTo(1);
    assertThat(run.out()).contains("nothing moved any more");
  }

  @Test
  void answersPingsAndCountsASessionThatTheServerClosed() throws IOException {
    byte[] ping = FakeSession.frame(0x89, "are you there".getBytes(StandardCharsets.US_ASCII));
    byte[] close = FakeSession.frame(0x88, new byte[] {0x03, (byte) 0xf4});
    Mischief pinging =
        new Mischief() {
          @Override
          public List<byte[]> deliver(int session, int number, byte[] frame) {
            return switch (number) {
              case 5 -> List.of(ping, frame);
              case 20 -> session == 1 ? List.of(frame, close) : List.of(frame);
              default -> List.of(frame);
            };
          }
        };

    try (FakeGateway gateway = new FakeGateway(pinging)) {
      BenchRun run = BenchRun.against(gateway, "broadcast", SHORT);

      assertThat(gateway.faults()).isEmpty();
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.count("books", "sessionsEnded")).isEqualTo(1);
      assertThat(run.count("books", "lost")).isEqualTo(9);
      assertThat(run.out()).contains("closed by the server with 1012");
      assertThat(gateway.everSeen())
          .allSatisfy(session -> assertThat(session.received()).contains("10 are you there"));
    }
  }
}
