package io.pushgate.gateway.broker.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a store before it is opened for writing, and changes nothing: opening mends what it can
 * by cutting it off, and what was there is then gone. <em>Its caller only.</em>
 */
final class Inspection {
  private static final Logger log = LoggerFactory.getLogger(Inspection.class);
  private static final Pattern CURRENT = Pattern.compile("MANIFEST-([0-9]{6,18})\n");
  private static final int CURRENT_MAX = 64;

  private final Engine engine;
  private final Path directory;
  private final SyncedMark mark;

  Inspection(Engine engine, SyncedMark mark) {
    this.engine = engine;
    directory = engine.directory();
    this.mark = mark;
  }

  /** Returns where all that was ever synced is there and whole; says otherwise what is not. */
  void run() throws StoreException {
    long start = System.nanoTime();
    try {
      checkManifest();
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new StoreException("the store in " + directory + " cannot be read: " + e, e);
    }
    try {
      Database database = engine.openReadOnly();
      try {
        checkLog(database);
        database.verify();
      } finally {
        database.close();
      }
    } catch (RocksDBException e) {
      throw EngineFault.atOpening(directory, e);
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError("nobody else closes this database", e);
    }
    log.info("checked the store in {} ms", (System.nanoTime() - start) / 1_000_000);
  }

  // The engine takes a manifest that ends early for one whose last entries were never written, and
  // would start with the tables of an earlier day.
  private void checkManifest() throws IOException {
    Path current = directory.resolve("CURRENT");
    if (!Files.exists(current)) {
      throw new DamagedStoreException(current, "is missing");
    }
    String text =
        Files.size(current) > CURRENT_MAX
            ? ""
            : Files.readString(current, StandardCharsets.ISO_8859_1);
    Matcher matcher = CURRENT.matcher(text);
    if (!matcher.matches()) {
      throw new DamagedStoreException(current, "does not name a manifest");
    }
    Path manifest = directory.resolve(text.strip());
    if (!Files.exists(manifest)) {
      throw new DamagedStoreException(manifest, "is missing, and CURRENT names it");
    }
    if (text.strip().equals(mark.manifest())) {
      if (SyncedMark.checksum(manifest, mark.length()) != mark.checksum()) {
        throw new DamagedStoreException(
            manifest, "does not begin with the " + mark.length() + " bytes that were synced");
      }
    } else if (Long.parseLong(matcher.group(1)) < manifestNumber(mark)) {
      throw new DamagedStoreException(current, "names a manifest older than " + mark.manifest());
    }
  }

  private static long manifestNumber(SyncedMark mark) {
    return Long.parseLong(mark.manifest().substring("MANIFEST-".length()));
  }

  private void checkLog(Database database) throws IOException {
    long number = database.number();
    if (number >= mark.batch()) {
      return;
    }
    Path newest = directory.resolve(mark.wal());
    if (!Files.exists(newest)) {
      throw new DamagedStoreException(newest, "is missing");
    }
    // The fault is behind the last batch that was read, in its file or at the next one's beginning.
    String last = database.walOrder().lastFile();
    Path file =
        last == null ? oldestWal().orElse(newest) : directory.resolve(Path.of(last).getFileName());
    throw new DamagedStoreException(
        file, "ends with batch %d, but %d was synced".formatted(number, mark.batch()));
  }

  private Optional<Path> oldestWal() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .min(Comparator.comparing(Path::toString));
    }
  }
}
