package io.pushgate.gateway.config;

import java.nio.file.Path;

/**
 * Where the disk broker keeps its journals, when it syncs them, and the bytes past which it takes
 * no more. Immutable.
 */
public record DiskConfig(Path dataDir, JournalSync sync, long maxBytes) {
  public DiskConfig {
    Check.size("journal-disk", maxBytes, 1 << 20, 1L << 50);
  }
}
