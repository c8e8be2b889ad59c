package io.pushgate.gateway.broker.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.ChildJvm;
import io.pushgate.gateway.testing.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KillTest {
  private static final int ROUNDS = 3;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"plain, 400", "always, 100"})
  void aKilledProcessLosesNothingThatItSaidWasWritten(String mode, long batches) throws Exception {
    Path data = folder.resolve("data");
    Path said = Files.createFile(folder.resolve("said"));
    for (int round = 0; round < ROUNDS; round++) {
      long before = Files.size(said);
      try (ChildJvm child = start(data, said, mode, Map.of())) {
        child.awaitOut("begins at");
        Waiting.until(
            batches + " batches",
            () -> said.toFile().length() > before + batches * WriterProgram.LINE);
        child.kill();
      }
      try (RocksStore store = RocksStore.open(data, 1 << 20)) {
        assertThat(Batches.read(store))
            .isGreaterThanOrEqualTo(WriterProgram.lastSaid(Files.readString(said)));
      }
    }
  }

  @Test
  void aKilledProcessLeavesNothingInTheTemporaryDirectory() throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    Path said = folder.resolve("said");
    try (ChildJvm child = start(folder.resolve("data"), said, "plain", environment)) {
      child.awaitOut("begins at");
      child.kill();
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  private static ChildJvm start(Path data, Path said, String mode, Map<String, String> environment)
      throws Exception {
    String enough = Long.toString(Long.MAX_VALUE / 64);
    return ChildJvm.start(
        WriterProgram.class,
        environment,
        data.toString(),
        said.toString(),
        mode,
        enough,
        "2000",
        "1048576");
  }
}
