package io.pushgate.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands share that start gateways, do drawn things to them, and judge them. */
final class TrialOptions {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draws all that is left to chance. Default: another each time; it is told.")
  private @Nullable Long seed;

  @Option(
      names = "--data-dir",
      paramLabel = "FOLDER",
      description = "An empty folder for the gateways' data and logs. Default: a temporary one.")
  private @Nullable Path dataDir;

  /** The seed of this run, drawn where none was given. */
  long seed() {
    Long given = seed;
    if (given == null) {
      given = ThreadLocalRandom.current().nextLong();
      seed = given;
    }
    return given;
  }

  WorkFolder folder() throws IOException {
    return WorkFolder.of(dataDir);
  }

  /** Ends a run: says how to repeat it, and keeps what tells why it failed. */
  void end(WorkFolder folder, boolean passed, List<String> remarks) throws IOException {
    remarks.add("seed " + seed());
    if (passed) {
      folder.discard();
    } else {
      remarks.add("data and logs of the gateways are kept in " + folder.path());
    }
  }
}
