package io.pushgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.JarRun.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults happen to the packaged gateway beside a healthy load: some of what the README runs all of,
 * some seconds each.
 */
class FaultsIT {
  @TempDir Path folder;

  private Ended faults(String... options) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("--users=20", "--rate=50", "--strangers=50", "--seconds=3"));
    all.addAll(List.of(options));
    return JarRun.of(folder, "faults", all.toArray(String[]::new));
  }

  @Test
  void theOthersAreServedBesideSlowAndRudePeers() throws Exception {
    Ended run = faults("--only=slow-headers,reset-in-frame,stopped-gateway", "--latest=10s");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .containsPattern("slow-headers +passed, p50 .*, p99 .* ms")
        .containsPattern("reset-in-frame +passed")
        .containsPattern("stopped-gateway +passed");
  }

  @Test
  void whoIsServedTooLateIsToldAsAFailure() throws Exception {
    Ended run = faults("--only=reset-in-frame", "--latest=1ms");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
    assertThat(run.output())
        .containsPattern("reset-in-frame +FAILED")
        .contains("reset-in-frame: the healthy waited for");
  }
}
