package io.pushgate.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a command said, on both its streams, and how it ended; immutable. */
public record Finished(int exitCode, String output) {
  private static final long TIMEOUT_SECONDS = 120;

  /** Runs a command to its end; one that takes longer than two minutes is killed and fails. */
  public static Finished run(String... command) {
    try {
      // Through a file, so that a full pipe can't hold the command up.
      Path output = Files.createTempFile("command", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException(
              "no end after %d s: %s".formatted(TIMEOUT_SECONDS, String.join(" ", command)));
        }
        return new Finished(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + command[0], e);
    }
  }
}
