package io.pushgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged load generator on the packaged gateway, in a process of its own. */
final class JarRun {
  private static final Path GATEWAY = Path.of("..", "gateway", "target", "pushgate.jar");
  private static final Path BENCH = Path.of("target", "pushgate-bench.jar");
  private static final int PATIENCE_SECONDS = 240;

  private JarRun() {}

  /** How it ended, and all that it said. */
  record Ended(int exitCode, String output) {}

  /** Runs a command to its end, with its data below a folder. */
  static Ended of(Path folder, String command, String... options)
      throws IOException, InterruptedException {
    assertThat(GATEWAY).as("built before: mvn verify -pl gateway,bench -am").isRegularFile();
    Path output = folder.resolve("output");
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-jar", BENCH.toString(), command, "--gateway=" + GATEWAY));
    words.add("--data-dir=" + folder.resolve("data"));
    words.addAll(List.of(options));
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
