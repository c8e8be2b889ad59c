package io.pushgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged gateway is killed by the packaged load generator: some rounds of what the README
 * runs a hundred of.
 */
class CrashIT {
  private static final Path GATEWAY = Path.of("..", "gateway", "target", "pushgate.jar");
  private static final Path BENCH = Path.of("target", "pushgate-bench.jar");
  private static final int PATIENCE_SECONDS = 240;

  @TempDir Path folder;

  @Test
  void nothingAckedIsLostWhereTheGatewayIsKilled() throws Exception {
    Ended run = crash("--rounds=6", "--pushes=4000");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).containsPattern("kills +6\n").containsPattern("violations +0\n");
  }

  @Test
  void whatIsKeptInMemoryAloneIsReportedAsLost() throws Exception {
    Ended run =
        crash("--rounds=1", "--pushes=4000", "--named=0", "--option=broker=memory", "--settle=3s");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
    assertThat(run.output()).contains("LOST: was acked and never came");
  }

  private record Ended(int exitCode, String output) {}

  private Ended crash(String... options) throws IOException, InterruptedException {
    assertThat(GATEWAY).as("built before: mvn verify -pl gateway,bench -am").isRegularFile();
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", BENCH.toString(), "crash", "--gateway=" + GATEWAY));
    command.add("--data-dir=" + folder.resolve("data"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
