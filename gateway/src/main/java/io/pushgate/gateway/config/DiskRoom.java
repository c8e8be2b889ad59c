package io.pushgate.gateway.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much of its disk a data directory may take where nobody says so. Any thread. */
final class DiskRoom {
  /** Where the file system does not tell; a full disk is then noticed when it is full. */
  private static final long UNKNOWN = 1L << 50;

  private static final long UNIT = 1 << 20;

  private DiskRoom() {}

  /** Nine tenths of what is free or taken by the directory already, in whole MiB. */
  static long forJournals(String dataDir) {
    try {
      Path directory = Path.of(dataDir).toAbsolutePath();
      long room = Files.getFileStore(existing(directory)).getUsableSpace() + taken(directory);
      return Math.min(UNKNOWN, Math.max(1, room / 10 * 9 / UNIT) * UNIT);
    } catch (IOException | UncheckedIOException | IllegalArgumentException untold) {
      return UNKNOWN;
    }
  }

  private static Path existing(Path directory) {
    Path existing = directory;
    for (Path parent = directory.getParent();
        parent != null && !Files.exists(existing);
        parent = parent.getParent()) {
      existing = parent;
    }
    return existing;
  }

  // Without it the bound would shrink at each start by a tenth of what is held. The engine's files
  // lie in a directory of their own, and nothing lies deeper.
  private static long taken(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(directory, 2)) {
      return files.map(Path::toFile).filter(file -> file.isFile()).mapToLong(f -> f.length()).sum();
    }
  }
}
