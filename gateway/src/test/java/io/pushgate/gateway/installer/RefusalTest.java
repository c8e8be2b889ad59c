package io.pushgate.gateway.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.command.Service;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.testing.Finished;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the installer doesn't begin with, and says why; nothing is touched then. */
final class RefusalTest {
  private static final int NOBODY = 1;

  @TempDir Path folder;
  private Machine machine;

  @BeforeEach
  void start() {
    machine = Machine.withSite(folder, NOBODY);
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--bogus | unknown option --bogus",
        "--host | --host needs a value",
        "word | unexpected word",
        "--port=x | is no port",
        "--timeout=soon | is no time",
        "--expected-connections=123456789 | up to 7 digits",
        "--gateway=localhost | is not HOST:PORT",
        "--uninstall --rollback | exclude each other",
        "--uninstall --host=a | goes by what is installed",
      })
  void aCommandLineThatMeansNothingIsOne(String options, String says) {
    Finished run = machine.install(options.split(" "));

    assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
    assertThat(run.output()).contains(says, "--help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--timeout=49s | heartbeat of 25s",
        "--timeout=08s | heartbeat of 25s",
        "--host=push.example.com --port=1 | no server block serves push.example.com on port 1",
        "--site=/etc/hostname | does not load /etc/hostname",
        "--rollback | nothing to roll back",
      })
  void whatCannotGoWellIsTwo(String options, String says) {
    refused(says, options.split(" "));
  }

  @Test
  void aConfigurationThatIsBrokenAlreadyStaysAsItIs() {
    machine.write("conf.d/broken.conf", "server { listen 127.0.0.1:");

    refused("nginx -t fails already");
  }

  @Test
  void aGatewayOfTwoLinesIsNone() {
    assertThat(machine.install("--gateway", "127.0.0.1:1\nx").exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.example.com", ".example.com", "push.*", "~^push[.]"})
  void aPatternIsNoHostToAskFor(String name) {
    machine.write(
        "sites-available/push",
        Machine.SITE.formatted(machine.port()).replace("push.example.com", name));

    refused("say which host of it");
  }

  @Test
  void aFileOfOurNameThatIsNotOursIsNotWrittenOver() {
    machine.write("snippets/pushgate.conf", "# hers\n");

    refused("snippets/pushgate.conf is there and is not pushgate's");
    assertThat(machine.install("--uninstall").exitCode()).isZero();
    assertThat(machine.read("snippets/pushgate.conf")).isEqualTo("# hers\n");
  }

  @Test
  void backupsDoNotLieWhereNginxLooks() {
    refused("where nginx's own files are", "--backup-dir=" + machine.path("conf.d/new"));
  }

  @Test
  void aNameThatCannotBeWorkedWithIsNamed() {
    machine.link("sites-enabled/a\\b", "../sites-available/push");

    refused("rename:");
  }

  @Test
  void severalHostsAreAskedAbout() {
    machine.write(
        "sites-enabled/other", "server { listen 127.0.0.1:1; server_name b.example.com; }");

    refused("--host");
  }

  @Test
  void aHostThatIsOnlyRedirectedIsNotServed() {
    machine.write(
        "sites-available/push",
        "server { listen 127.0.0.1:%d; server_name push.example.com; return 301 https://$host; }"
            .formatted(machine.port()));

    refused("without redirecting", "--host", "push.example.com");
  }

  @Test
  void somebodyElsesUpstreamOfOurNameIsNamedWithItsPlace() {
    machine.write("conf.d/own.conf", "\nupstream pushgate { server 127.0.0.1:1; }\n");

    refused("conf.d/own.conf:2: pushgate");
  }

  @Test
  void whatNginxWouldNotTakeIsSeenBeforeItIsWritten() {
    machine.write(
        "sites-available/push",
        Machine.SITE
            .formatted(machine.port())
            .replace(
                "location /", "location = /api/v1/notifications/probe { return 200; } location /"));

    refused("location");
  }

  @Test
  void aGatewayForDevelopmentIsNotPublished() throws Exception {
    Service gateway = Gateway.start(GatewayConfig.of("broker=memory").withFreePorts());
    try (Machine other = secondMachine(gateway.bound().publicPort())) {
      Map<String, String> before = other.tree();

      Finished refused = other.install();

      assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
      assertThat(refused.output()).contains("--token-keys FILE", "--open");
      assertThat(other.tree()).isEqualTo(before);

      Finished published = other.install("--open");
      assertThat(published.exitCode()).as(published.output()).isZero();
      assertThat(published.output()).contains("warning", "has no token keys");
    } finally {
      gateway.close();
    }
  }

  @Test
  void aGatewayWithTokenKeysIsProvenByItsRefusal() throws Exception {
    Path keys =
        Files.writeString(
            folder.resolve("keys"),
            "a secret of more than 32 bytes, in all",
            StandardCharsets.UTF_8);
    Service gateway =
        Gateway.start(GatewayConfig.of("broker=memory", "token-keys=" + keys).withFreePorts());
    try (Machine other = secondMachine(gateway.bound().publicPort())) {
      Finished run = other.install();

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output()).contains("status 401", "gateway ").doesNotContain("warning");
    } finally {
      gateway.close();
    }
  }

  private Machine secondMachine(int gatewayPort) {
    return Machine.withSite(folder.resolve("second"), gatewayPort);
  }

  private void refused(String says, String... options) {
    Map<String, String> before = machine.tree();

    Finished run = machine.install(options);

    assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
    assertThat(run.output()).contains(says);
    assertThat(machine.tree()).isEqualTo(before);
    assertThat(machine.reloads()).isZero();
  }
}
