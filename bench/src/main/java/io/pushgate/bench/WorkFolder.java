package io.pushgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a gateway that a command starts keeps its data and its log. Immutable.
 *
 * @param temporary whether it was made here, and goes when all was well
 */
record WorkFolder(Path path, boolean temporary) {

  /**
   * Makes one, or takes one that is empty.
   *
   * @throws IOException where it holds something, which is nobody's to write over
   */
  static WorkFolder of(@Nullable Path asked) throws IOException {
    if (asked == null) {
      return new WorkFolder(Files.createTempDirectory("pushgate-bench"), true);
    }
    Files.createDirectories(asked);
    try (Stream<Path> files = Files.list(asked)) {
      if (files.findAny().isPresent()) {
        throw new IOException("--data-dir: %s is not empty".formatted(asked));
      }
    }
    return new WorkFolder(asked, false);
  }

  Path data() {
    return path.resolve("data");
  }

  Path log() {
    return path.resolve("gateway.log");
  }

  void discard() throws IOException {
    if (!temporary) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(path)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }
}
