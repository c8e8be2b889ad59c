package io.pushgate.bench.fault;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine that faults are made with. Any thread. */
final class Tools {
  /** Debian keeps daemons here, where the PATH of a plain user does not look. */
  private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/sbin");

  private static final int PATIENCE_SECONDS = 20;

  private Tools() {}

  static Path find(String name, String debianPackage) throws CannotRun {
    Stream<String> path =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1));
    return Stream.concat(path, SYSTEM_FOLDERS.stream())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new CannotRun(
                    "needs %s; on Debian: apt-get install -y %s".formatted(name, debianPackage)));
  }

  /** Runs something to its end, which has to be a good one. */
  static void run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("pushgate-bench", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " did not end");
      }
      if (process.exitValue() != 0) {
        String said = Files.readString(output).strip();
        throw new IOException("%s: %s".formatted(String.join(" ", command), said));
      }
    } finally {
      Files.delete(output);
    }
  }
}
