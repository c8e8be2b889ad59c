package io.pushgate.gateway.broker.disk;

import java.nio.file.Path;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Opens the embedded engine in one directory. Immutable.
 *
 * @param writeBuffer bytes after which what was written becomes a table; small ones are for tests
 */
record Engine(Path directory, long writeBuffer) {

  Engine(Path directory) {
    this(directory, EngineOptions.WRITE_BUFFER);
  }

  Database create() throws RocksDBException {
    return open(
        WalOrder.behind(0),
        false,
        (options, path) -> RocksDB.open(options.setCreateIfMissing(true), path));
  }

  Database open() throws RocksDBException {
    return open(WalOrder.behind(numberInTables()), false, RocksDB::open);
  }

  /** Changes nothing on disk: what stands in the log alone is held in memory. */
  Database openReadOnly() throws RocksDBException {
    return open(WalOrder.behind(numberInTables()), true, RocksDB::openReadOnly);
  }

  private long numberInTables() throws RocksDBException {
    Database tables = open(WalOrder.nothing(), true, RocksDB::openReadOnly);
    tables.close();
    return tables.number();
  }

  private interface Opening {
    RocksDB open(Options options, String path) throws RocksDBException;
  }

  private Database open(WalOrder order, boolean readOnly, Opening opening) throws RocksDBException {
    EngineOptions options = new EngineOptions(writeBuffer, order);
    try {
      RocksDB rocks = opening.open(options.options(), directory.toString());
      return new Database(options, rocks, readOnly);
    } catch (RocksDBException | RuntimeException e) {
      options.close();
      throw e;
    }
  }
}
