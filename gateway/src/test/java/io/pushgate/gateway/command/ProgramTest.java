package io.pushgate.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.ListenConfig;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--pubic-port=1 | pushgate serve: unknown option '--pubic-port',"
            + " the nearest known one is --public-port",
        "serve --hartbeat 1s | pushgate serve: unknown option '--hartbeat',"
            + " the nearest known one is --heartbeat",
        "check-config --opne | pushgate check-config: unknown option '--opne',"
            + " the nearest known one is --open",
        "check-config x | pushgate check-config: unexpected argument 'x'",
        "pusch --to a | pushgate: unknown command 'pusch', the nearest known one is push",
        "--public-port | pushgate serve: Missing required parameter for option '--public-port'"
            + " (VALUE)",
        "--public-port 1 --public-port 2 | pushgate serve:"
            + " option '--public-port' (VALUE) should be specified only once",
        "check-config --heartbeat 25 | pushgate check-config: --heartbeat:"
            + " expected a time such as 500ms, 25s, 10m or 7d, not '25' (command line)",
        "check-config --config /no/such | pushgate check-config: --config:"
            + " expected a readable file, not '/no/such' (command line)",
        "check-config --public-host 0.0.0.0 | pushgate check-config: --public-host: expected a"
            + " loopback address, since no token keys are set, or --open to let anybody in as any"
            + " user, not '0.0.0.0' (command line)",
      })
  void aMisuseIsOneLineAndExitCodeTwo(String args, String line) {
    CommandLineRun run = CommandLineRun.of(args.split(" "));
    assertThat(run.err()).isEqualTo(line + System.lineSeparator());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void checkConfigPrintsEveryValueAndWhereItCameFrom() {
    CommandLineRun run =
        CommandLineRun.of(
            config -> {
              throw new AssertionError("check-config starts nothing");
            },
            Map.of("PUSHGATE_HEARTBEAT", "5s"),
            "check-config",
            "--open",
            "--public-port=9000");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("public-port=9000 +command line"))
        .anyMatch(line -> line.matches("open=true +command line"))
        .anyMatch(line -> line.matches("heartbeat=5s +env PUSHGATE_HEARTBEAT"))
        .anyMatch(line -> line.matches("journal-age=7d +default"))
        .hasSize(48);
  }

  @Test
  void serveNeedsNoWordAndPrintsWhereItListensOnceAllIsBound() {
    AtomicReference<GatewayConfig> started = new AtomicReference<>();
    CommandLineRun run =
        CommandLineRun.of(
            config -> {
              started.set(config);
              return new Stopped(true);
            },
            Map.of(),
            "--public-port",
            "0",
            "--open");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "listening public=127.0.0.1:1 ingress=[::1]:2 admin=127.0.0.1:3"
                + System.lineSeparator());
    assertThat(started.get().publicPort().open()).isTrue();
  }

  @Test
  void aGatewayThatDoesNotStopWellIsExitCodeOne() {
    assertThat(CommandLineRun.of(config -> new Stopped(false), Map.of()).exitCode()).isEqualTo(1);
  }

  @Test
  void aGatewayThatCannotStartIsOneLineAndExitCodeOne() {
    CommandLineRun run =
        CommandLineRun.of(
            config -> {
              throw new StartException("public port 127.0.0.1:8000 is in use", null);
            },
            Map.of());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("pushgate serve: public port 127.0.0.1:8000 is in use" + System.lineSeparator());
    assertThat(run.out()).isEmpty();
  }

  @Test
  void helpAndVersionAreForThoseWhoAsk() {
    assertThat(CommandLineRun.of("--help").out()).contains("serve", "push", "listen");
    assertThat(CommandLineRun.of("--version").out()).startsWith("pushgate ");
    CommandLineRun serve = CommandLineRun.of("serve", "--help");
    assertThat(serve.exitCode()).isZero();
    assertThat(serve.out()).contains("--journal-memory", "half the heap");
  }

  /** A gateway that is down as soon as it is up. */
  private record Stopped(boolean well) implements Service {
    @Override
    public ListenConfig bound() {
      return new ListenConfig("127.0.0.1", 1, "::1", 2, "127.0.0.1", 3);
    }

    @Override
    public void close() {}

    @Override
    public void cutShort() {}

    @Override
    public boolean awaitTermination() {
      return well;
    }
  }
}
