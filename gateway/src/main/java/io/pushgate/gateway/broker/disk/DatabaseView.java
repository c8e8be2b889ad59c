package io.pushgate.gateway.broker.disk;

import io.pushgate.gateway.broker.local.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/** The engine at one moment; it stays open while there is one. <em>Its caller only.</em> */
final class DatabaseView implements Store.View {
  private final Database database;
  private final RocksDB rocks;
  private final long stamp;
  private final @Nullable Snapshot snapshot;
  private final ReadOptions options;
  private final List<DatabaseWalk> walks = new ArrayList<>(2);
  private boolean closed;

  /** Takes over the stamp of having entered. */
  DatabaseView(Database database, RocksDB rocks, long stamp) {
    this.database = database;
    this.rocks = rocks;
    this.stamp = stamp;
    snapshot = rocks.getSnapshot();
    options = options();
  }

  private ReadOptions options() {
    ReadOptions made = new ReadOptions();
    return snapshot == null ? made : made.setSnapshot(snapshot);
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    checkOpen();
    try {
      return rocks.get(options, key);
    } catch (RocksDBException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public Store.Walk walk(byte[] from, byte[] to) {
    checkOpen();
    DatabaseWalk walk = new DatabaseWalk(rocks, options(), from, to, walks::remove);
    walks.add(walk);
    return walk;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this view is closed");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    List.copyOf(walks).forEach(DatabaseWalk::close);
    options.close();
    if (snapshot != null) {
      rocks.releaseSnapshot(snapshot);
      snapshot.close();
    }
    database.leave(stamp);
  }
}
