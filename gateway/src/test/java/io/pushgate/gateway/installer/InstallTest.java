package io.pushgate.gateway.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The installer on a site that is as it should be, with a gateway that answers. */
final class InstallTest {
  @RegisterExtension static final OpenGateway GATEWAY = new OpenGateway();

  private Machine machine;
  private Map<String, String> before;

  @BeforeEach
  void start(@TempDir Path folder) {
    machine = Machine.withSite(folder, GATEWAY.port());
    before = machine.tree();
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void theGatewayAnswersThroughNginxAndTheSiteAsBefore() {
    Finished run = machine.install("--host", "push.example.com");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("proven: push.example.com", "status 101", "ANYBODY");
    machine.awaitStamp(Machine.STAMP);
    assertThat(machine.probe().statusCode()).isEqualTo(426);
    assertThat(machine.probe().headers().map()).containsKey("x-pushgate-gateway");
    assertThat(machine.get("/").body()).isEqualTo("the site");
    assertThat(machine.reloads()).isEqualTo(1);
    assertThat(machine.tree().get("sites-enabled/push")).startsWith("-> ");
  }

  @Test
  void busyboxAndCurlAreEnough() {
    Finished run = machine.installByBusybox();
    assertThat(run.exitCode()).as(run.output()).isZero();
    machine.awaitStamp(Machine.STAMP);

    Finished back = machine.installByBusybox("--uninstall");
    assertThat(back.exitCode()).as(back.output()).isZero();
    assertThat(machine.tree()).isEqualTo(before);
  }

  @Test
  void aSecondRunWritesNothingAndReloadsNothing() {
    machine.install();
    Map<String, String> installed = machine.tree();
    Map<String, String> backups = machine.backups();

    Finished second = machine.install();

    assertThat(second.exitCode()).as(second.output()).isZero();
    assertThat(second.output()).contains("unchanged");
    assertThat(machine.tree()).isEqualTo(installed);
    assertThat(machine.backups()).isEqualTo(backups);
    assertThat(machine.reloads()).isEqualTo(1);
  }

  @Test
  void whatIsOnDiskButNotLiveIsReloadedOnce() {
    machine.install();
    Map<String, String> installed = machine.tree();
    machine.install("--uninstall");
    installed.forEach(
        (name, description) -> {
          if (description.contains("\n")) {
            machine.write(name, description.substring(description.indexOf('\n') + 1));
          }
        });

    Finished run = machine.install();

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("unchanged", "not live yet");
    assertThat(machine.reloads()).isEqualTo(3);
  }

  @Test
  void theKnobAndTheGatewaysAddressesAreWrittenOnceAndSeenInTheStamp() {
    machine.install();
    machine.awaitStamp(Machine.STAMP);
    String first = machine.stamp();

    Finished run =
        machine.install("--timeout", "75s", "--gateway", "127.0.0.1:1,127.0.0.1:" + GATEWAY.port());

    assertThat(run.exitCode()).as(run.output()).isZero();
    machine.awaitStamp("(?!%s).+".formatted(first));
    assertThat(machine.read("snippets/pushgate-proxy.conf"))
        .containsOnlyOnce("75s")
        .contains("proxy_read_timeout 75s;")
        .doesNotContain("86400s");
    assertThat(machine.read("conf.d/00-pushgate.conf"))
        .contains("    server 127.0.0.1:1 max_fails=3 fail_timeout=5s;\n");
  }

  @Test
  void uninstallingLeavesTheTreeAsItWasByteForByte() {
    machine.install();

    Finished run = machine.install("--uninstall");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(machine.tree()).isEqualTo(before);
    machine.awaitStamp("");
    assertThat(machine.install("--uninstall").output()).contains("unchanged");
  }

  @Test
  void uninstallingKeepsWhatWasWrittenIntoTheSiteSince() {
    machine.install();
    machine.write(
        "sites-available/push",
        machine.read("sites-available/push").replace("the site", "another page"));

    Finished run = machine.install("--uninstall");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(machine.read("sites-available/push"))
        .isEqualTo(Machine.SITE.formatted(machine.port()).replace("the site", "another page"));
  }

  @Test
  void rollingBackUndoesTheNewestRunAndThenTheOneBefore() {
    machine.install();
    Map<String, String> first = machine.tree();
    machine.awaitStamp(Machine.STAMP);
    String stamp = machine.stamp();
    machine.install("--timeout", "2h");

    Finished run = machine.install("--rollback");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(machine.tree()).isEqualTo(first);
    machine.awaitStamp(stamp);
    assertThat(machine.install("--rollback").exitCode()).isZero();
    assertThat(machine.tree()).isEqualTo(before);
    machine.awaitStamp("");
    assertThat(machine.install("--rollback").exitCode()).isEqualTo(2);
  }

  @Test
  void rollingBackNeverOverwritesWhatSomebodyWroteSince() {
    machine.install();
    machine.write("sites-available/push", machine.read("sites-available/push") + "# mine\n");
    Map<String, String> edited = machine.tree();

    Finished run = machine.install("--rollback");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.output()).contains("changed since", "sites-available/push");
    assertThat(machine.tree()).isEqualTo(edited);
  }

  @Test
  void aDryRunShowsWhatItWouldDoAndTouchesNothing() {
    Finished run = machine.install("--dry-run");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .contains(machine.path("sites-enabled/push") + ":1 serves")
        .contains("+++ " + machine.path("sites-available/push"))
        .containsPattern("(?m)^\\+ +include .*/snippets/pushgate.conf; # pushgate \\(managed\\)$")
        .contains(" -t, reload", "nothing was touched");
    assertThat(machine.tree()).isEqualTo(before);
    assertThat(machine.backups()).isEmpty();
    assertThat(machine.reloads()).isZero();
    assertThat(machine.nginx().accessLog()).isEmpty();
  }

  @Test
  void aDryRunWhereNginxIsDownLeavesNoPidFileOrNameThatPatchCannotRead() {
    machine.nginx().stop();
    machine.delete("sites-enabled/push");
    machine.write("sites-available/a push", Machine.SITE.formatted(machine.port()));
    machine.link("sites-enabled/push", "../sites-available/a push");

    Finished run = machine.install("--dry-run");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("+++ " + machine.path("sites-available/a push") + "\t\n");
    assertThat(machine.path("../nginx.pid")).doesNotExist();
  }

  @Test
  void aFileKeepsItsMode() throws Exception {
    Path site = machine.path("sites-available/push");
    Files.setPosixFilePermissions(site, PosixFilePermissions.fromString("rw-r-----"));

    machine.install();

    assertThat(machine.tree().get("sites-available/push")).startsWith("rw-r-----");
    assertThat(machine.tree().get("snippets/pushgate.conf")).startsWith("rw-r--r--");
  }

  @Test
  void anOlderLocationIsCommentedOutOnlyWhenAskedFor() {
    String old =
        """
        server {
            listen 127.0.0.1:%d;
            server_name push.example.com;
            location /api/v1/notifications/ws/ {
                proxy_pass http://127.0.0.1:1;
            }
            location / { return 200 "the site"; }
        }
        """
            .formatted(machine.port());
    machine.write("sites-available/push", old);
    machine.nginx().reload();

    Finished refused = machine.install();
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output()).contains("sites-enabled/push:4", "--adopt");
    assertThat(machine.read("sites-available/push")).isEqualTo(old);

    Finished run = machine.install("--adopt");
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(machine.read("sites-available/push"))
        .contains("#pushgate-adopted#     location /api/v1/notifications/ws/ {\n");
    machine.awaitStamp(Machine.STAMP);

    assertThat(machine.install("--uninstall").exitCode()).isZero();
    assertThat(machine.read("sites-available/push")).isEqualTo(old);
  }

  @Test
  void twoRunsAtOnceComeOneBehindTheOther() throws Exception {
    Process other =
        new ProcessBuilder(
                "sh",
                Machine.FILES.resolve("install.sh").toString(),
                "--nginx-conf=" + machine.path("nginx.conf"),
                "--backup-dir=" + machine.path("../backups").normalize(),
                "--gateway=127.0.0.1:" + GATEWAY.port())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Finished run = machine.install();

    assertThat(other.waitFor()).isZero();
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(machine.reloads()).isEqualTo(1);
  }
}
