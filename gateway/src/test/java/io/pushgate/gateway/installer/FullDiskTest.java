package io.pushgate.gateway.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks without room, where the files are, where the backups are, and where the work is done. */
final class FullDiskTest {
  private static final int NOBODY = 1;
  private static final int PAGE = 4096;

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

  @Test
  void aFileThatDoesNotFitIsNotPutInPlace() throws IOException {
    Path target = machine.path("conf.d");
    mount(target, 1);
    try {
      fill(target, 1);
      Map<String, String> full = machine.tree();

      Finished run = machine.install();

      assertThat(run.exitCode()).as(run.output()).isEqualTo(4);
      assertThat(run.output()).contains("can't write " + target, "everything is as it was");
      assertThat(machine.tree()).isEqualTo(full);
      assertThat(machine.nginx().check().exitCode()).isZero();
    } finally {
      unmount(target);
    }
  }

  @Test
  void theWayBackNeedsNoRoomForTemporaryFiles() throws IOException {
    Map<String, String> before = machine.tree();
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    int pages = 64;
    mount(temporary, pages);
    try (HeldInstall run = machine.holdAt("written-4", "TMPDIR=" + temporary)) {
      assertThat(machine.tree()).isNotEqualTo(before);
      fill(temporary, pages);
      run.send("TERM");

      Finished finished = run.goOn();

      assertThat(finished.exitCode()).as(finished.output()).isEqualTo(4);
      assertThat(machine.tree()).isEqualTo(before);
    } finally {
      unmount(temporary);
    }
  }

  @Test
  void withoutRoomForTheBackupNothingIsTouched() throws IOException {
    Map<String, String> before = machine.tree();
    Path backups = Files.createDirectory(folder.resolve("backups"));
    mount(backups, 2);
    try {
      fill(backups, 2);

      Finished run = machine.install();

      assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
      assertThat(run.output()).contains("nothing was touched");
      assertThat(machine.tree()).isEqualTo(before);
    } finally {
      unmount(backups);
    }
  }

  private static void mount(Path place, int pages) {
    String size = "size=" + pages * PAGE;
    run("mount", "-t", "tmpfs", "-o", size, "pushgate-test", place.toString());
  }

  private static void unmount(Path place) {
    run("umount", "-l", place.toString());
  }

  private static void fill(Path place, int pages) throws IOException {
    byte[] page = new byte[PAGE];
    int taken = 0;
    try {
      while (taken < pages) {
        Files.write(place.resolve("filler-" + taken), page);
        taken++;
      }
    } catch (IOException full) {
      // Somebody else took the rest, which is all that is wanted.
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static void run(String... command) {
    Finished finished = Finished.run(command);
    assertThat(finished.exitCode())
        .as("a disk that is full needs mount, and so root with CAP_SYS_ADMIN: " + finished.output())
        .isZero();
  }
}
