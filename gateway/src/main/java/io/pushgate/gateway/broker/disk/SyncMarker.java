package io.pushgate.gateway.broker.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the mark of what is on stable storage. It is written behind a sync and promises no more
 * than that did, so an old one is true too, and one that could not be written is no failure of the
 * store. <em>Any thread.</em>
 */
final class SyncMarker {
  private static final Logger log = LoggerFactory.getLogger(SyncMarker.class);

  private final Path engine;
  private final Path file;
  private @Nullable SyncedMark last;
  private boolean failing;

  SyncMarker(Path engine, Path file) {
    this.engine = engine;
    this.file = file;
  }

  /**
   * Takes down a sync that has returned.
   *
   * @param batch the last that was written before that sync began
   */
  synchronized void mark(Database database, long batch) {
    try {
      SyncedMark next = look(database, batch);
      if (!next.equals(last)) {
        DurableFile.replace(file, next.text());
        last = next;
      }
      failing = false;
    } catch (IOException | RocksDBException e) {
      if (!failing) {
        log.warn("{} is not kept up to date: {}", file, e.toString());
      }
      failing = true;
    }
  }

  private SyncedMark look(Database database, long batch) throws IOException, RocksDBException {
    RocksDB.LiveFiles files = database.files();
    String manifest =
        files.files.stream()
            .map(name -> name.substring(name.lastIndexOf('/') + 1))
            .filter(name -> name.startsWith("MANIFEST-"))
            .findFirst()
            .orElseThrow(() -> new IOException("the engine names no manifest"));
    long length = files.manifestFileSize;
    return new SyncedMark(batch, newestWal(), manifest, length, checksum(manifest, length));
  }

  private long checksum(String manifest, long length) throws IOException {
    SyncedMark before = last;
    if (before != null && before.manifest().equals(manifest) && before.length() == length) {
      return before.checksum();
    }
    return SyncedMark.checksum(engine.resolve(manifest), length);
  }

  private String newestWal() throws IOException {
    try (Stream<Path> files = Files.list(engine)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".log"))
          .max(Comparator.naturalOrder())
          .orElseThrow(() -> new IOException("the engine has no log"));
    }
  }
}
