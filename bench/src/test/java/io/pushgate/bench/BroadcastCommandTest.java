package io.pushgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.testing.Mischief;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.NackCode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Broadcasts in an open and in a closed loop, against a gateway that is made up. */
class BroadcastCommandTest {
  @Test
  void endsWithZeroWhenEverySessionGotEveryPushOnceAndInOrder() throws IOException {
    BenchRun run = BenchRun.broadcast(Mischief.NONE, BenchRun.SHORT);

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.count("books", "sent")).isEqualTo(30);
    assertThat(run.count("books", "acked")).isEqualTo(30);
    assertThat(run.count("books", "expected")).isEqualTo(150);
    assertThat(run.count("books", "delivered")).isEqualTo(150);
    assertThat(run.count("deliveryLatency", "count")).isEqualTo(125);
    assertThat(run.count("ackLatency", "count")).isEqualTo(25);
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
        BenchRun.broadcast(
            cutting,
            "--sessions=3",
            "--users=2",
            "--in-flight=8",
            "--warmup=0s",
            "--duration=1s",
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

    BenchRun run = BenchRun.broadcast(stalling, BenchRun.SHORT);

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
        BenchRun.broadcast(
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

    BenchRun run = BenchRun.broadcast(refusing, BenchRun.SHORT);

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
        BenchRun.broadcast(
            refusing, "--sessions=2", "--in-flight=1", "--warmup=0s", "--duration=1s");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.count("books", "acked")).isGreaterThan(2);
    assertThat(run.count("books", "unanswered")).isZero();
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
        BenchRun.broadcast(
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
}
