package io.pushgate.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The token command, and what a token that it made opens for the other commands. */
class TokenCommandTest {
  @TempDir Path folder;
  private Path secret;

  @BeforeEach
  void write() throws IOException {
    secret =
        Files.writeString(folder.resolve("secret"), "a secret of more than 32 bytes, in all\n");
  }

  @Test
  void whatItPrintsLetsTheDoctorThroughAndWithoutItTheTunnelIsNotTried() throws Exception {
    CommandLineRun token = token("--token-keys=" + secret, "--user=alice@example.com");
    Path file = Files.writeString(folder.resolve("token"), token.out());
    Service gateway =
        Gateway.start(GatewayConfig.of("broker=memory", "token-keys=" + secret).withFreePorts());
    try {
      String url = "ws://127.0.0.1:" + gateway.bound().publicPort();

      CommandLineRun with =
          CommandLineRun.of(
              "doctor", "--public=" + url, "--direct=" + url, "--quick", "--token-file=" + file);
      CommandLineRun without =
          CommandLineRun.of("doctor", "--public=" + url, "--direct=" + url, "--quick");

      assertThat(with.out()).endsWith("healthy\n").doesNotContain(token.out().strip());
      assertThat(with.exitCode()).isZero();
      assertThat(without.out()).contains("(token_needed)", "--token-file FILE");
      assertThat(without.exitCode()).isEqualTo(2);
    } finally {
      gateway.close();
    }
  }

  @Test
  void aKeyFileThatIsNoneKeepsTheGatewayFromStarting() throws Exception {
    Path file = Files.writeString(folder.resolve("short"), "short");

    CommandLineRun run =
        CommandLineRun.of(
            Gateway::start,
            Map.of(),
            "--broker=memory",
            "--public-port=0",
            "--ingress-port=0",
            "--admin-port=0",
            "--token-keys=" + file);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "pushgate serve: --token-keys: %s holds 5 bytes; a secret has at least 32%n"
                .formatted(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--user a | Missing required option: '--token-keys=FILE'",
        "--token-keys nothing --user a | --token-keys: nothing holds nothing that can be read",
        "--token-keys SECRET --user me | --user: the name 'me' is reserved",
        "--token-keys SECRET --user a --expires soon | --expires: expected a time such as 1h, not 'soon'"
      })
  void misuseIsOneLine(String words, String message) {
    CommandLineRun run = token(words.replace("SECRET", secret.toString()).split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(message);
  }

  private static CommandLineRun token(String... words) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("token"), List.of(words).stream()).toArray(String[]::new));
  }
}
