package io.pushgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.testing.FakeGateway;
import io.pushgate.bench.testing.Mischief;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
}
