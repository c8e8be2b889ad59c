package io.pushgate.gateway.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The installer is interrupted behind each of its steps in turn, on one machine that stays up. */
final class InterruptionTest {
  private static final List<String> HARMLESS_STEPS =
      List.of("found", "locked", "mended", "planned", "staged", "measured", "copied");
  private static final List<String> WRITING_STEPS =
      List.of(
          "opened",
          "written-1",
          "written-2",
          "written-3",
          "written-4",
          "tested",
          "reloaded",
          "proven",
          "compared");
  private static final int KILLED = 137;

  @RegisterExtension static final OpenGateway GATEWAY = new OpenGateway();
  private static Machine machine;
  private static Map<String, String> before;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    machine = Machine.withSite(folder, GATEWAY.port());
    before = machine.tree();
  }

  @AfterAll
  static void stop() {
    machine.close();
  }

  @Test
  void aSignalTakesEverythingBackAtOnce() {
    String signal = "TERM";
    for (List<String> steps : List.of(HARMLESS_STEPS, WRITING_STEPS)) {
      for (String step : steps) {
        Finished run = machine.installUntil(step, signal);

        assertThat(run.exitCode()).as("%s: %s", step, run.output()).isEqualTo(4);
        assertThat(run.output()).contains("ended by SIG" + signal);
        siteIsAsBefore(step);
        signal = signal.equals("TERM") ? "INT" : "TERM";
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "QUIT", "PIPE", "ALRM", "USR1", "USR2", "XCPU", "XFSZ"})
  void soDoesEveryOtherThatWouldEndIt(String signal) {
    Finished run = machine.installUntil("written-2", signal);

    assertThat(run.exitCode()).as(run.output()).isEqualTo(4);
    assertThat(run.output()).contains("ended by SIG" + signal, "everything is as it was");
    siteIsAsBefore(signal);
  }

  @Test
  void nobodyHasToReadWhatItSaysOnTheWayBack() {
    Finished run =
        Finished.run(
            "bash",
            "-c",
            "set -o pipefail; \"$@\" 2> /dev/null | sed q",
            "bash",
            "env",
            "--default-signal=PIPE",
            "sh",
            Machine.FILES.resolve("install.sh").toString(),
            "--nginx-conf=" + machine.path("nginx.conf"),
            "--backup-dir=" + machine.path("../backups").normalize(),
            "--gateway=127.0.0.1:" + GATEWAY.port());

    assertThat(run.exitCode()).as(run.output()).isEqualTo(4);
    siteIsAsBefore("sed q");
  }

  @Test
  void whoIsKilledBeforeWritingHasChangedNothing() {
    for (String step : HARMLESS_STEPS) {
      Finished run = machine.installUntil(step, "KILL");

      assertThat(run.exitCode()).as("%s: %s", step, run.output()).isEqualTo(KILLED);
      siteIsAsBefore(step);
    }
  }

  @Test
  void whatAKilledRunLeftHalfDoneIsGoodForNginxAndMendedByTheNext() {
    for (String step : WRITING_STEPS) {
      Finished run = machine.installUntil(step, "KILL");
      assertThat(run.exitCode()).as("%s: %s", step, run.output()).isEqualTo(KILLED);
      assertThat(machine.nginx().check().exitCode()).as(step).isZero();
      assertThat(machine.get("/").body()).as(step).isEqualTo("the site");

      Finished next = machine.installUntil("mended", "TERM");

      assertThat(next.output()).as(step).contains("mending");
      siteIsAsBefore(step);
    }
  }

  @Test
  void whoIsKilledWhileMendingIsMendedToo() {
    machine.installUntil("tested", "KILL");

    Finished mending = machine.installUntil("restored-1", "KILL");
    assertThat(mending.exitCode()).isEqualTo(KILLED);
    assertThat(machine.nginx().check().exitCode()).isZero();

    machine.installUntil("mended", "TERM");
    siteIsAsBefore("restored-1");
  }

  @Test
  void aHalfDoneRunOverWhichSomebodyWroteIsLeftToHim() {
    machine.installUntil("written-4", "KILL");
    String half = machine.read("sites-available/push");
    machine.write("sites-available/push", half + "# mine\n");
    Map<String, String> edited = machine.tree();

    Finished next = machine.install();

    assertThat(next.exitCode()).as(next.output()).isEqualTo(2);
    assertThat(next.output()).contains("changed by somebody else", "by hand, as root:", "cp -a ");
    assertThat(machine.tree()).isEqualTo(edited);
    assertThat(machine.nginx().check().exitCode()).isZero();
    machine.write("sites-available/push", half);
    machine.installUntil("mended", "TERM");
    siteIsAsBefore("written over");
  }

  @Test
  void aHalfDoneRunOfAnOlderVersionIsMendedToo() throws Exception {
    machine.installUntil("written-4", "KILL");
    try (Stream<Path> runs = Files.list(machine.path("../backups"))) {
      for (Path run : runs.filter(Files::isDirectory).toList()) {
        Files.deleteIfExists(run.resolve("backwards"));
      }
    }

    Finished next = machine.installUntil("mended", "TERM");

    assertThat(next.output()).contains("mending");
    siteIsAsBefore("an older version's");
  }

  @Test
  void aSignalAfterTheEndComesTooLate() {
    assertThat(machine.installUntil("closed", "INT").exitCode()).isZero();
    machine.awaitStamp(Machine.STAMP);
    assertThat(machine.install("--uninstall").exitCode()).isZero();
    siteIsAsBefore("closed");
  }

  private static void siteIsAsBefore(String step) {
    assertThat(machine.tree()).as(step).isEqualTo(before);
    machine.awaitStamp("");
    assertThat(machine.get("/").body()).as(step).isEqualTo("the site");
  }
}
