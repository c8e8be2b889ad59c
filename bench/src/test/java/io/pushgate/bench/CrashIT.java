package io.pushgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.JarRun.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged gateway is killed by the packaged load generator: some rounds of what the README
 * runs a hundred of.
 */
class CrashIT {
  @TempDir Path folder;

  @Test
  void nothingAckedIsLostWhereTheGatewayIsKilled() throws Exception {
    Ended run = JarRun.of(folder, "crash", "--rounds=6", "--pushes=4000");

    assertThat(run.exitCode()).as(run.output()).isZero();
    // A kill that left too few unanswered does not count as a round, and comes on top.
    assertThat(run.output())
        .containsPattern("kills +([6-9]|1[0-9])\n")
        .containsPattern("violations +0\n");
  }

  @Test
  void whatIsKeptInMemoryAloneIsReportedAsLost() throws Exception {
    Ended run =
        JarRun.of(
            folder,
            "crash",
            "--rounds=1",
            "--pushes=4000",
            "--named=0",
            "--option=broker=memory",
            "--settle=3s");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
    assertThat(run.output()).contains("LOST: was acked and never came");
  }
}
