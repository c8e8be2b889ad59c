package io.pushgate.gateway.broker.disk;

import io.pushgate.gateway.broker.local.Store;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;

/** Makes a data directory of its own out of a running store. <em>Any thread</em>; it waits. */
final class StoreCopy {
  private StoreCopy() {}

  /** Copies into a directory that does not exist; where that fails, it does not exist again. */
  static void make(Database from, Path copy, Store.Change changed) throws IOException {
    Path parent = copy.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(copy);
    } catch (FileAlreadyExistsException e) {
      throw new StoreException("a copy can't be made in " + copy + ": it exists", e);
    }
    try (DataDirectory directory = DataDirectory.lock(copy)) {
      from.checkpoint(directory.engine());
      change(directory, changed);
      directory.writeFormat();
    } catch (RocksDBException e) {
      delete(copy);
      throw new StoreException("a copy can't be made in " + copy + ": " + EngineFault.text(e), e);
    } catch (IOException | RuntimeException e) {
      delete(copy);
      throw e;
    }
  }

  private static void change(DataDirectory directory, Store.Change changed)
      throws IOException, RocksDBException {
    Database database = new Engine(directory.engine()).open();
    try (RocksBatch batch = new RocksBatch()) {
      changed.write(batch);
      database.write(batch, true);
      new SyncMarker(directory.engine(), directory.synced()).mark(database, database.number());
    } finally {
      database.close();
    }
  }

  private static void delete(Path copy) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(copy)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
