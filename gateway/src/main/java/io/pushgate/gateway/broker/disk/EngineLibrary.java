package io.pushgate.gateway.broker.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/** The engine's native code, brought into this process once. Any thread. */
final class EngineLibrary {
  private EngineLibrary() {}

  /**
   * Loads it from the jar by way of the temporary directory, or from where {@code
   * ROCKSDB_SHAREDLIB_DIR} says. The file is gone again as soon as it is mapped, since a process
   * that is killed would leave its 17 MB behind.
   */
  static synchronized void load() throws StoreException {
    try {
      if (System.getenv("ROCKSDB_SHAREDLIB_DIR") == null) {
        Path folder = Files.createTempDirectory("pushgate-engine");
        try {
          NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
        } finally {
          Files.deleteIfExists(folder.resolve(Environment.getJniLibraryFileName("rocksdb")));
          Files.delete(folder);
        }
      }
      RocksDB.loadLibrary();
    } catch (IOException | LinkageError | RuntimeException e) {
      throw new StoreException("the disk broker's engine does not load: " + e.getMessage(), e);
    }
  }
}
