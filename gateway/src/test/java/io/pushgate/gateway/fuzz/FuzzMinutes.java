package io.pushgate.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.TempDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A minute of jazzer for each target, or as long as {@code -Dpushgate.fuzz.time} says, and as long
 * as it takes to find the planted faults. Several may run at a time, each in a process of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class FuzzMinutes {
  private static final Duration TIME =
      Duration.parse(
          "PT" + System.getProperty("pushgate.fuzz.time", "1m").toUpperCase(Locale.ROOT));
  private static final boolean GROWS = Boolean.getBoolean("pushgate.fuzz.grow");

  /** What a machine may need that does ten other things; an idle one needs some seconds. */
  private static final Duration PLANTED = Duration.ofMinutes(3);

  @ParameterizedTest
  @EnumSource
  void findsNothing(FuzzTarget target) throws Exception {
    Jazzer jazzer = new Jazzer(emptied(target.work("minute")));
    boolean found = jazzer.fuzz(target.fuzzer(), TIME, List.of(target.seeds(), target.found()));

    jazzer.summarize(target.folder());
    if (found) {
      throw new AssertionError(
          """
          %s fails with %s
          (put it into %s: FuzzCorpusTest fails with it until it is mended)
          %s"""
              .formatted(
                  target.fuzzer().getSimpleName(),
                  jazzer.finding(),
                  target.found(),
                  jazzer.logged(60)));
    }
    if (GROWS) {
      grow(target, jazzer.corpus());
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsThePlantedFault(FuzzTarget target) throws Exception {
    Jazzer jazzer = new Jazzer(emptied(target.work("planted")));

    assertThat(jazzer.fuzz(target.planted(), PLANTED, List.of(target.seeds())))
        .as("found, see %s", jazzer.log())
        .isTrue();
  }

  /** Keeps of all that was found what the seeds do not reach. */
  private static void grow(FuzzTarget target, Path corpus) throws Exception {
    Jazzer jazzer = new Jazzer(emptied(target.work("merge")));
    for (Path seed : FuzzTarget.inputs(target.seeds())) {
      Files.copy(seed, jazzer.corpus().resolve(seed.getFileName()));
    }
    jazzer.merge(target.fuzzer(), List.of(target.found(), corpus));
    emptied(target.found());
    for (Path input : FuzzTarget.inputs(jazzer.corpus())) {
      if (!Files.exists(target.seeds().resolve(input.getFileName()))) {
        Files.copy(input, target.found().resolve(input.getFileName()));
      }
    }
  }

  private static Path emptied(Path folder) throws IOException {
    new TempDirectory(folder).delete();
    return Files.createDirectories(folder);
  }
}
