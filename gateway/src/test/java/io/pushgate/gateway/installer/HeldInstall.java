package io.pushgate.gateway.installer;

import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An installer that stands still, so that the world can change under it. One test thread. */
final class HeldInstall implements AutoCloseable {
  private final Process process;
  private final Path output;

  private HeldInstall(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it, and returns when it has stopped itself. */
  static HeldInstall start(Path output, String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      HeldInstall held = new HeldInstall(process, output);
      held.awaitStop();
      return held;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void send(String signal) {
    Finished sent = Finished.run("kill", "-s", signal, String.valueOf(process.pid()));
    if (sent.exitCode() != 0) {
      throw new AssertionError(sent.output());
    }
  }

  /** Lets it go on to its end. */
  Finished goOn() {
    send("CONT");
    return new Finished(Waiting.get(process.onExit()).exitValue(), said());
  }

  /** Ends one that still stands still, since the test failed before it went on. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void awaitStop() {
    boolean stopped = false;
    try {
      Waiting.until(() -> "it never stopped: " + said(), this::isStopped);
      stopped = true;
    } finally {
      if (!stopped) {
        close();
      }
    }
  }

  private boolean isStopped() {
    try {
      String state = Files.readString(Path.of("/proc", "" + process.pid(), "stat"));
      return state.substring(state.lastIndexOf(')')).startsWith(") T");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String said() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
