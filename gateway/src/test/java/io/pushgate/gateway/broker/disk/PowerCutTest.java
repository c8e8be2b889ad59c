package io.pushgate.gateway.broker.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.ChildJvm;
import io.pushgate.gateway.testing.Finished;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records two runs of a writer, and cuts the power at many moments of them. {@code
 * -Dpushgate.test.powercuts=2000} makes it as many; each has its number for a seed.
 */
class PowerCutTest {
  private static final int CUTS = Integer.getInteger("pushgate.test.powercuts", 20);
  private static final int RUNS = 2;
  private static final int ENTRIES = 2_500;

  /** Tables of a quarter of a MiB, so that several are written and logs come and go. */
  private static final long WRITE_BUFFER = 1 << 18;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"interval", "always"})
  void whatWasSyncedSurvivesThePowerAndTheRestIsABeginning(String mode) throws Exception {
    Path root = Files.createDirectories(folder.resolve("root"));
    Path said = root.resolve("said");
    Recording recording = record(root, said, mode);
    assertThat(WriterProgram.lastSaid(recording.textOf(said, recording.lines())))
        .isGreaterThan(RUNS * ENTRIES - 1_000);
    for (int cut = 0; cut < CUTS; cut++) {
      Random random = new Random(cut);
      int at = moment(recording, random);
      Path target = folder.resolve("cut" + cut);
      new PowerCut(recording, root, at, random).rebuild(target);
      long safe = WriterProgram.lastSaid(recording.textOf(said, at));
      String what = "%s, cut %d behind line %d".formatted(mode, cut, at);
      try (RocksStore store = RocksStore.open(target.resolve("data"), WRITE_BUFFER)) {
        long found = Batches.read(store);
        assertThat(found).as(what).isBetween(safe, (long) RUNS * ENTRIES + 20);
        Batches.write(store, found, 100, true);
      } catch (StoreException | AssertionError e) {
        throw new AssertionError(what + ", " + safe + " safe: " + e.getMessage(), e);
      }
    }
  }

  // Anywhere; right behind a sync, where it matters whether one was right to rely on it; or soon
  // after a file was begun, when the one before may be lost and this one not.
  private static int moment(Recording recording, Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> random.nextInt(recording.lines()) + 1;
      case 1 -> oneOf(recording.syncs(), random) + random.nextInt(3);
      default -> oneOf(recording.creations(), random) + random.nextInt(10);
    };
  }

  private static int oneOf(List<Integer> lines, Random random) {
    return lines.get(random.nextInt(lines.size()));
  }

  private Recording record(Path root, Path said, String mode) throws Exception {
    Path library = recorder();
    List<Path> logs = new ArrayList<>();
    for (int run = 1; run <= RUNS; run++) {
      Path log = folder.resolve("log" + run);
      Map<String, String> environment =
          Map.of(
              "LD_PRELOAD", library.toString(),
              "RECORDER_ROOT", root.toString(),
              "RECORDER_LOG", log.toString());
      String[] args = {
        root.resolve("data").toString(),
        said.toString(),
        mode,
        Integer.toString(run * ENTRIES),
        "500",
        Long.toString(WRITE_BUFFER)
      };
      try (ChildJvm child = ChildJvm.start(WriterProgram.class, environment, args)) {
        assertThat(child.exitCode()).isZero();
      }
      logs.add(log);
    }
    return Recording.read(root, logs);
  }

  private Path recorder() throws IOException {
    Path source = folder.resolve("recorder.c");
    Path library = folder.resolve("recorder.so");
    try (InputStream resource = PowerCutTest.class.getResourceAsStream("recorder.c")) {
      Files.copy(resource, source);
    }
    Finished compiled =
        Finished.run(
            "gcc",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-O1",
            "-shared",
            "-fPIC",
            "-o",
            library.toString(),
            source.toString(),
            "-ldl",
            "-lpthread");
    assertThat(compiled.exitCode()).as("gcc: %s", compiled.output()).isZero();
    return library;
  }
}
