package io.pushgate.gateway.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What else runs on the machine: other nginx, and what only calls itself one. */
final class OtherProcessesTest {
  private static final String TITLE = "nginx: master process";

  @RegisterExtension static final OpenGateway GATEWAY = new OpenGateway();

  @TempDir Path folder;
  private Machine machine;

  @BeforeEach
  void prepare() {
    machine = Machine.withSite(folder, GATEWAY.port());
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void aProgramOfAnotherUserIsNotRunForCallingItselfNginx() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process stranger = strangerOf(machine, silent);
      try {
        Finished run = machine.install();

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
            .contains("process %d calls itself an nginx".formatted(stranger.pid()));
      } finally {
        stranger.destroyForcibly();
      }
    }
  }

  @Test
  void anNginxOfAnotherUserIsNamedAsSuchAndTakenWhereTheOperatorNamesItInFull() throws Exception {
    Machine its = new Machine(folder.resolve("second"), GATEWAY.port());
    its.write("sites-enabled/push", Machine.SITE.formatted(its.port()));
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process stranger = strangerOf(its, silent);
      try {
        Files.writeString(folder.resolve("second/nginx.pid"), stranger.pid() + "\n");

        Finished started = its.install("--start");
        assertThat(started.exitCode()).as(started.output()).isEqualTo(2);
        assertThat(started.output())
            .contains("nginx runs as process %d, which is not root's".formatted(stranger.pid()));

        Finished named = its.install("--nginx", "nginx", "--dry-run");
        assertThat(named.exitCode()).as(named.output()).isZero();
        assertThat(named.output()).doesNotContain("calls itself an nginx");
      } finally {
        stranger.destroyForcibly();
      }
    }
  }

  @Test
  void anNginxThatIsStartedTakesNothingFromTheOneThatRuns() {
    Path second = folder.resolve("second");
    Machine down = new Machine(second, GATEWAY.port());
    down.write("sites-enabled/push", Machine.SITE.formatted(down.port()));

    Finished run = down.install("--start");
    try {
      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output())
          .containsPattern("started: \\S+ -c \\S+/second/conf/nginx.conf\\R")
          .doesNotContain(folder + "/logs");
    } finally {
      stop(down);
    }
  }

  @Test
  void anNginxIsNotStartedOverThePidFileOfAnother() throws Exception {
    Machine down = new Machine(folder.resolve("second"), GATEWAY.port());
    down.write("sites-enabled/push", Machine.SITE.formatted(down.port()));
    Files.copy(pidFileOf(folder), folder.resolve("second/nginx.pid"));

    Finished run = down.install("--start");
    try {
      assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
      assertThat(run.output()).contains("nginx.pid is that of another nginx");
    } finally {
      // Where none was started, as it should be, the number is that of the machine's own.
      stop(down);
    }
  }

  @Test
  void theMasterThatWasFoundIsReloadedWhateverItsPidFileSays() throws Exception {
    Path pidFile = pidFileOf(folder);
    String own = Files.readString(pidFile);
    try (Machine other = Machine.withSite(folder.resolve("second"), GATEWAY.port())) {
      Files.copy(pidFileOf(folder.resolve("second")), pidFile, StandardCopyOption.REPLACE_EXISTING);

      Finished run = machine.install();

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output()).contains("reloaded: kill -HUP " + own.strip());
      assertThat(other.reloads()).isZero();
    }
  }

  /** The pid file of an nginx that runs, which it writes a moment after it listens. */
  private static Path pidFileOf(Path folder) {
    Path file = folder.resolve("nginx.pid");
    Waiting.until("it wrote its number", () -> file.toFile().length() > 0);
    return file;
  }

  /** A process of another user, which calls itself the nginx of that machine and does nothing. */
  private static Process strangerOf(Machine machine, ServerSocket silent) throws IOException {
    // curl, since it is there, waits as long as nobody answers, and takes the option -V.
    String disguise =
        "exec -a '%s curl -c %s' curl -s http://127.0.0.1:%d/"
            .formatted(TITLE, machine.path("nginx.conf"), silent.getLocalPort());
    Process stranger =
        new ProcessBuilder("setpriv", "--reuid=65534", "--clear-groups", "bash", "-c", disguise)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Waiting.until("it took the title; changing the user needs root", () -> hasTitle(stranger));
    return stranger;
  }

  /** Stops what {@code --start} started, which no {@link Machine} knows of. */
  private static void stop(Machine started) {
    Finished.run("nginx", "-c", started.path("nginx.conf").toString(), "-s", "stop");
  }

  private static boolean hasTitle(Process process) {
    try {
      return Files.readString(Path.of("/proc", "" + process.pid(), "cmdline")).startsWith(TITLE);
    } catch (IOException gone) {
      return false;
    }
  }
}
