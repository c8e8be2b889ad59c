package io.pushgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.testing.FakeGateway;
import io.pushgate.bench.testing.FakeSession;
import io.pushgate.bench.testing.Mischief;
import io.pushgate.protocol.ingress.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every fault of a gateway shows in the count that is named for it, and in the exit code. */
class BooksTest {
  @Test
  void countsADeliveryThatNeverCameAsLost() throws IOException {
    Mischief losing =
        new Mischief() {
          @Override
          public List<byte[]> deliver(int session, int number, byte[] frame) {
            return session == 2 && number == 7 ? List.of() : List.of(frame);
          }
        };

    BenchRun run = BenchRun.broadcast(losing, BenchRun.SHORT);

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

    BenchRun run = BenchRun.broadcast(losing, BenchRun.SHORT);

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

    BenchRun run = BenchRun.broadcast(doubling, BenchRun.SHORT);

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

    BenchRun run = BenchRun.broadcast(swapping, BenchRun.SHORT);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.count("books", "reordered")).isEqualTo(1);
    assertThat(run.count("books", "lost")).isZero();
    assertThat(run.count("books", "doubled")).isZero();
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

    BenchRun run = BenchRun.broadcast(replaying, BenchRun.SHORT);

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.count("books", "foreign")).isEqualTo(5);
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

    BenchRun run = BenchRun.broadcast(confusing, BenchRun.SHORT);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.count("books", "answersMisplaced")).isPositive();
    assertThat(run.count("books", "answersStrayed")).isEqualTo(1);
    assertThat(run.count("books", "unanswered")).isEqualTo(1);
    assertThat(run.count("books", "lost")).isZero();
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
      BenchRun run = BenchRun.against(gateway, "broadcast", BenchRun.SHORT);

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
