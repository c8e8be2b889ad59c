package io.pushgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.testing.FakeGateway;
import io.pushgate.bench.testing.Mischief;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pushes to one user each, against a gateway that is made up. */
class UnicastCommandTest {

  private static BenchRun run(Mischief mischief, String... options) throws IOException {
    try (FakeGateway gateway = new FakeGateway(mischief)) {
      BenchRun run = BenchRun.against(gateway, "unicast", options);
      assertThat(gateway.faults()).isEmpty();
      return run;
    }
  }

  @Test
  void expectsEachPushAtAllSessionsOfItsUserAndAtNobodyElses() throws IOException {
    BenchRun run =
        run(
            Mischief.NONE,
            "--sessions=7",
            "--users=3",
            "--idle=4",
            "--rate=100",
            "--warmup=0s",
            "--duration=500ms");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.count("books", "sent")).isEqualTo(50);
    assertThat(run.count("books", "expected")).isBetween(100L, 150L);
    assertThat(run.count("books", "delivered")).isEqualTo(run.count("books", "expected"));
    assertThat(run.count("ackLatency", "count")).isEqualTo(50);
    assertThat(run.count("deliveryLatency", "count")).isEqualTo(run.count("books", "delivered"));
  }

  @Test
  void drawsTheSameUsersFromTheSameSeed() throws IOException {
    String[] options = {
      "--sessions=4", "--users=3", "--rate=200", "--warmup=0s", "--duration=300ms"
    };

    long first = run(Mischief.NONE, options).count("books", "expected");

    assertThat(run(Mischief.NONE, options).count("books", "expected")).isEqualTo(first);
  }

  @Test
  void keepsAWindowFullInBothForms() throws IOException {
    for (String form : List.of("json", "binary")) {
      BenchRun run =
          run(
              Mischief.NONE,
              "--sessions=6",
              "--users=3",
              "--in-flight=16",
              "--warmup=100ms",
              "--duration=1s",
              "--form=" + form);

      assertThat(run.exitCode()).as(form + run.out() + run.err()).isZero();
      assertThat(run.count("books", "sent")).isGreaterThan(16);
      assertThat(run.count("books", "delivered")).isEqualTo(2 * run.count("books", "sent"));
    }
  }

  @Test
  void countsWhatOneUsersSessionMisses() throws IOException {
    Mischief losing =
        new Mischief() {
          @Override
          public List<byte[]> deliver(int session, int number, byte[] frame) {
            return session == 1 && number == 2 ? List.of() : List.of(frame);
          }
        };

    BenchRun run =
        run(losing, "--sessions=3", "--rate=100", "--warmup=0s", "--duration=300ms", "--settle=3s");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.count("books", "lost")).isEqualTo(1);
    assertThat(run.count("books", "sessionsAtFault")).isEqualTo(1);
  }
}
