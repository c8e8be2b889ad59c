package io.pushgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.bench.testing.FakeGateway;
import io.pushgate.bench.testing.Mischief;
import io.pushgate.protocol.testing.ClosedPort;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exit codes and output of the command line. */
class MainTest {

  private static void assertUsage(String message, String... args) throws IOException {
    BenchRun run = BenchRun.of(args);
    assertThat(run.exitCode()).as(String.join(" ", args) + run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message).contains("--help");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void endsWithTwoForWrongOptionsAndNamesThem() throws IOException {
    assertUsage("connect, broadcast, unicast, floor, crash, faults, soak, slow, durable");
    assertUsage("--sesions", "connect", "--sesions=3");
    assertUsage("--sessions", "connect", "--sessions=0");
    assertUsage("--url", "connect", "--url=wss://localhost");
    assertUsage("--user-prefix", "connect", "--user-prefix=A/B");
    assertUsage("--steps", "connect", "--sessions=10", "--steps=20");
    assertUsage("--steps", "connect", "--sessions=10", "--steps=5,5");
    assertUsage("--rate", "broadcast");
    assertUsage("--rate", "broadcast", "--rate=1", "--in-flight=1");
    assertUsage("--rate", "broadcast", "--rate=0");
    assertUsage("--in-flight", "broadcast", "--in-flight=0");
    assertUsage("--payload", "broadcast", "--rate=1", "--payload=10");
    assertUsage("--duration", "broadcast", "--rate=1", "--duration=fast");
    assertUsage("--duration", "broadcast", "--rate=1", "--duration=0s");
    assertUsage("--ingress", "broadcast", "--rate=1", "--ingress=8001");
    assertUsage("--floor", "broadcast", "--rate=1", "--floor");
    assertUsage("--users", "unicast", "--rate=1", "--sessions=3", "--users=4");
    assertUsage("--idle", "unicast", "--rate=1", "--idle=-1");
    assertUsage("--gateway", "crash");
    assertUsage("--pushes", "crash", "--gateway=x.jar", "--pushes=1000");
    assertUsage("--option", "crash", "--gateway=x.jar", "--option=journal-sync");
    assertUsage("--gateway", "faults");
    assertUsage("--only", "faults", "--gateway=x.jar", "--only=flood");
    assertUsage("--seconds", "faults", "--gateway=x.jar", "--seconds=0");
    assertUsage("--minutes", "soak", "--gateway=x.jar", "--minutes=0");
    assertUsage("--mute", "slow", "--rate=1", "--slow=3", "--mute=4");
    assertUsage("--keep", "durable", "--gateway=x.jar", "--keep=paper");
  }

  @Test
  void saysThatMoreSessionsThanDescriptorsNeedSeveralProcesses() throws IOException {
    assertUsage("start several processes", "connect", "--sessions=999999");
  }

  @Test
  void tellsTheFaultsThatThereAre() throws IOException {
    BenchRun run = BenchRun.of("faults", "--list");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("slow-headers").contains("headers byte by byte");
  }

  @Test
  void endsWithThreeWhereThereIsNoGatewayToStart() throws IOException {
    BenchRun run = BenchRun.of("crash", "--gateway=nowhere/pushgate.jar");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("there is no gateway at nowhere/pushgate.jar");
  }

  @Test
  void endsWithThreeWhereTheServerIsNotThere() throws IOException {
    try (ClosedPort closed = new ClosedPort()) {
      BenchRun run = BenchRun.of("connect", "--quiet", "--url=ws://127.0.0.1:" + closed.number());

      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err()).contains("0 of 125 sessions open, then:").contains("refused");
      assertThat(run.err().lines()).hasSize(1);
    }
  }

  @Test
  void endsWithThreeWhereTheIngressOrTheServersProcessIsNotThere() throws IOException {
    try (FakeGateway gateway = new FakeGateway(Mischief.NONE)) {
      List<String> options = List.of("--sessions=1", "--rate=1");

      BenchRun noIngress =
          BenchRun.of(
              "broadcast",
              "--quiet",
              "--url=" + gateway.url(),
              "--ingress=127.0.0.1:1",
              options.get(0),
              options.get(1));
      BenchRun noProcess =
          BenchRun.against(
              gateway, "broadcast", options.get(0), options.get(1), "--server-pid=4194305");

      assertThat(noIngress.exitCode()).isEqualTo(3);
      assertThat(noIngress.err()).contains("127.0.0.1:1 can't be reached");
      assertThat(noProcess.exitCode()).isEqualTo(3);
      assertThat(noProcess.err()).contains("process 4194305 can't be read");
    }
  }

  @Test
  void writesOptionsEnvironmentAndFiguresAsJson() throws IOException {
    try (FakeGateway gateway = new FakeGateway(Mischief.NONE)) {
      BenchRun run =
          BenchRun.against(
              gateway, "broadcast", "--sessions=2", "--rate=50", "--warmup=0s", "--duration=200ms");

      JsonNode json = run.json();
      assertThat(json.path("command").textValue()).isEqualTo("broadcast");
      assertThat(json.path("exitCode").intValue()).isZero();
      assertThat(json.path("options").path("sessions").intValue()).isEqualTo(2);
      assertThat(json.path("options").path("rate").doubleValue()).isEqualTo(50);
      assertThat(json.path("options").path("payload").intValue()).isEqualTo(128);
      assertThat(json.path("options").path("duration").textValue()).isEqualTo("200ms");
      for (String fact : List.of("java", "jvm", "kernel", "netty", "cpu", "startedAt")) {
        assertThat(json.path("environment").path(fact).textValue()).as(fact).isNotEmpty();
      }
      assertThat(json.path("environment").path("cpusOfThisProcess").intValue()).isPositive();
      assertThat(run.out()).startsWith("broadcast to 2 sessions, 50.0 pushes a second, 128 bytes");
      assertThat(run.out()).containsPattern("lost +0\n").containsPattern("p99 +[0-9.,]+ ms\n");
    }
  }
}
