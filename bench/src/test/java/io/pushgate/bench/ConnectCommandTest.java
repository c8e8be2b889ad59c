package io.pushgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.testing.FakeGateway;
import io.pushgate.bench.testing.Mischief;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Handshakes, against a gateway that is made up and in this very process. */
class ConnectCommandTest {
  private static final String OWN_PID = Long.toString(ProcessHandle.current().pid());

  @Test
  void opensInStepsAndClosesAll() throws IOException {
    try (FakeGateway gateway = new FakeGateway(Mischief.NONE)) {
      BenchRun run =
          BenchRun.against(
              gateway,
              "connect",
              "--sessions=40",
              "--steps=10,20",
              "--warmup-handshakes=15",
              "--settle=3s",
              "--server-pid=" + OWN_PID);

      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(gateway.faults()).isEmpty();
      assertThat(gateway.handshakes()).isEqualTo(55);
      assertThat(run.count("openTo10", "opened")).isEqualTo(10);
      assertThat(run.count("openTo40", "opened")).isEqualTo(20);
      assertThat(run.count("openTo40", "residentBytes")).isPositive();
      assertThat(run.count("handshakeAt40", "count")).isEqualTo(20);
      assertThat(run.count("welcomeAt40", "count")).isEqualTo(20);
      assertThat(run.json().path("memory").has("residentBytesPerConnection")).isTrue();
      assertThat(run.count("close", "cut")).isZero();
      assertThat(gateway.everSeen())
          .allSatisfy(session -> assertThat(session.received()).containsExactly("8 \u0003è"));
    }
  }

  @Test
  void opensAtARateFromIntendedTimes() throws IOException {
    try (FakeGateway gateway = new FakeGateway(Mischief.NONE)) {
      BenchRun run =
          BenchRun.against(
              gateway, "connect", "--sessions=20", "--clients-per-second=100", "--loops=3");

      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      // The last of the first two is due 10 ms behind the first, that of the next 18 at 170 ms.
      double perSecond = run.json().path("openTo20").path("handshakesPerSecond").doubleValue();
      assertThat(perSecond).isLessThan(18 / 0.170 + 1);
    }
  }

  @Test
  void saysWhyASessionWasRefusedAndHowManyWereOpen() throws IOException {
    Mischief full =
        new Mischief() {
          @Override
          public String refuseHandshake(int session) {
            return session < 5
                ? ""
                : """
                HTTP/1.1 503 Service Unavailable\r
                Content-Length: 23\r
                \r
                {"code":"overloaded"}\r
                """;
          }
        };

    try (FakeGateway gateway = new FakeGateway(full)) {
      BenchRun run =
          BenchRun.against(gateway, "connect", "--sessions=8", "--handshakes-in-flight=1");

      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err())
          .contains("5 of 8 sessions open, then: the handshake was refused")
          .contains("503 Service Unavailable {\"code\":\"overloaded\"}");
    }
  }
}
