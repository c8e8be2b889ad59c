package io.pushgate.gateway.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The installer where it has been before: what it keeps, and what it still knows to take away. */
final class RerunTest {
  @RegisterExtension static final OpenGateway GATEWAY = new OpenGateway();

  @TempDir Path folder;
  private Machine machine;

  @BeforeEach
  void start() {
    machine = Machine.withSite(folder, GATEWAY.port());
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void theGatewaysAddressAndTheKnobStayAsTheyAre() {
    machine.install("--timeout", "75s");
    Map<String, String> installed = machine.tree();

    Finished run = machine.installAgain();

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("unchanged");
    assertThat(machine.tree()).isEqualTo(installed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1w", "1h30m", "3600000ms", "49s"})
  void aKnobThatCannotBeKeptIsNamedWithItsFile(String time) {
    machine.install();
    change(
        "snippets/pushgate-proxy.conf", "proxy_read_timeout 86400s", "proxy_read_timeout " + time);

    refusedUnlessSaid(
        "snippets/pushgate-proxy.conf has proxy_read_timeout " + time, "--timeout=2h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"down", "weight=2", "max_conns=9"})
  void whatANodeHasBesideItsAddressIsNotDropped(String parameter) {
    machine.install();
    String node = "server 127.0.0.1:" + GATEWAY.port();
    change("conf.d/00-pushgate.conf", "upstream pushgate {", "upstream pushgate{");
    change("conf.d/00-pushgate.conf", node, node + "; server 127.0.0.1:1 " + parameter);

    refusedUnlessSaid("server 127.0.0.1:1 " + parameter, "--gateway=127.0.0.1:" + GATEWAY.port());
  }

  private void change(String file, String from, String to) {
    assertThat(machine.read(file)).contains(from);
    machine.write(file, machine.read(file).replace(from, to));
  }

  private void refusedUnlessSaid(String says, String option) {
    Map<String, String> changed = machine.tree();

    Finished run = machine.installAgain();

    assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
    assertThat(run.output()).contains(says, option.substring(0, option.indexOf('=')));
    assertThat(machine.tree()).isEqualTo(changed);
    assertThat(machine.installAgain(option, "--dry-run").exitCode()).isZero();
  }

  @Test
  void aGatewayThatAnsweredBeforeIsNotLost() {
    machine.install();
    machine.awaitStamp(Machine.STAMP);
    Map<String, String> installed = machine.tree();

    Finished run = machine.installAgain("--gateway", "127.0.0.1:1");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(4);
    assertThat(run.output()).contains("a gateway answered here before", "rolled back");
    assertThat(machine.tree()).isEqualTo(installed);
  }

  @Test
  void aDirectoryOfOursIsKnownAsSuchAfterManyRuns() {
    machine.delete("snippets");
    Map<String, String> before = machine.tree();
    machine.install();
    for (int minutes = 2; minutes < 14; minutes++) {
      assertThat(machine.install("--timeout", minutes + "m").exitCode()).isZero();
    }
    assertThat(machine.backups().keySet().stream().filter(name -> name.matches("\\w+Z\\S*/state")))
        .hasSize(11);

    assertThat(machine.install("--uninstall").exitCode()).isZero();

    assertThat(machine.tree()).isEqualTo(before);
  }

  @Test
  void anEditorThatEndsLinesOtherwiseDoesNotMakeThemItsOwn() {
    machine.install();
    machine.write(
        "sites-available/push", machine.read("sites-available/push").replace("\n", " \r\n"));

    Finished run = machine.install("--uninstall");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(machine.read("sites-available/push"))
        .isEqualTo(Machine.SITE.formatted(machine.port()).replace("\n", " \r\n"));
  }

  @Test
  void aFileThatACommentCallsOursStaysWhereItIs() throws Exception {
    Path alien = folder.resolve("00-pushgate.conf");
    Files.writeString(alien, "# pushgate, http level. Not loaded by anything.\n");
    machine.write(
        "sites-available/push",
        "# configuration file %s:\n".formatted(alien) + machine.read("sites-available/push"));
    machine.install();

    assertThat(machine.install("--uninstall").exitCode()).isZero();

    assertThat(alien).exists();
    assertThat(machine.tree()).doesNotContainKey("conf.d/00-pushgate.conf");
  }
}
