package io.pushgate.gateway.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else does while the installer runs, or where one was broken off. */
final class MeanwhileTest {
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
  @ValueSource(strings = {"planned", "staged", "copied", "opened", "written-3"})
  void anEditOfTheSiteStays(String step) {
    Map<String, String> before;
    String edited;
    Finished finished;
    try (HeldInstall run = machine.holdAt(step)) {
      before = machine.tree();
      edited = machine.read("sites-available/push") + "# mine\n";
      machine.write("sites-available/push", edited);

      finished = run.goOn();
    }

    assertThat(finished.exitCode()).as(finished.output()).isEqualTo(4);
    assertThat(finished.output()).contains("somebody else changed", "run this again");
    assertThat(machine.read("sites-available/push")).isEqualTo(edited);
    assertThat(machine.tree()).doesNotContainKey("snippets/pushgate.conf");
    if (!step.equals("written-3")) {
      assertThat(machine.tree().keySet()).isEqualTo(before.keySet());
    }
    assertThat(machine.install().exitCode()).isEqualTo(3);
  }

  @Test
  void aServerThatWouldBeLeftOutIsFoundBehindTheWriteToo() {
    try (HeldInstall run = machine.holdAt("opened")) {
      machine.write("sites-enabled/z-twin", Machine.SITE.formatted(machine.port()));

      Finished finished = run.goOn();

      assertThat(finished.exitCode()).as(finished.output()).isEqualTo(4);
      assertThat(finished.output()).contains("conflicting server name", "rolled back");
    }
  }

  @Test
  void anNginxThatWasRestartedIsReloadedAllTheSame() {
    try (HeldInstall run = machine.holdAt("tested")) {
      machine.nginx().stop();
      machine.start();

      Finished finished = run.goOn();

      assertThat(finished.exitCode()).as(finished.output()).isEqualTo(3);
      assertThat(finished.output()).contains("reloaded: ");
      assertThat(machine.reloads()).isEqualTo(1);
    }
  }

  @Test
  void whereNginxWasEndedTheFilesAreAllThereIsToPutBack() {
    Map<String, String> before = machine.tree();
    try (HeldInstall run = machine.holdAt("tested")) {
      machine.nginx().stop();

      Finished finished = run.goOn();

      assertThat(finished.exitCode()).as(finished.output()).isEqualTo(4);
      assertThat(finished.output()).contains("nginx no longer runs", "rolled back");
      assertThat(machine.tree()).isEqualTo(before);
    }
  }

  @Test
  void whatSomebodyLoadedOfAHalfDoneRunIsLoadedNoLonger() {
    machine.installUntil("tested", "KILL");
    machine.nginx().reload();
    machine.awaitStamp(Machine.STAMP);

    Finished next = machine.installUntil("mended", "TERM");

    assertThat(next.output()).contains("mending", "reloaded");
    machine.awaitStamp("");
  }
}
