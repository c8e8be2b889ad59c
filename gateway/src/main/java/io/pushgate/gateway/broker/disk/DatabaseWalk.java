package io.pushgate.gateway.broker.disk;

import io.pushgate.gateway.broker.local.Store;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** An iterator of the engine between two keys; its view closes it at the latest. */
final class DatabaseWalk implements Store.Walk {
  private final byte[] from;
  private final Consumer<DatabaseWalk> ended;
  private final Slice end;
  private final ReadOptions options;
  private final RocksIterator iterator;
  private boolean begun;
  private boolean closed;

  /** Takes over the options. The last key is told to the engine, so that it reads no further. */
  DatabaseWalk(
      RocksDB rocks, ReadOptions options, byte[] from, byte[] to, Consumer<DatabaseWalk> ended) {
    this.from = from;
    this.ended = ended;
    this.options = options;
    boolean all = Arrays.compareUnsigned(to, WriteNumber.KEY) > 0;
    end = new Slice(all ? WriteNumber.KEY : to);
    iterator = rocks.newIterator(options.setIterateUpperBound(end));
  }

  @Override
  public boolean next() throws IOException {
    checkOpen();
    if (!begun) {
      begun = true;
      iterator.seek(from);
    } else if (iterator.isValid()) {
      iterator.next();
    }
    if (iterator.isValid()) {
      return true;
    }
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw new IOException(e.getMessage(), e);
    }
    return false;
  }

  @Override
  public byte[] key() {
    checkOpen();
    return iterator.key();
  }

  @Override
  public byte[] value() {
    checkOpen();
    return iterator.value();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this walk is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      iterator.close();
      options.close();
      end.close();
      ended.accept(this);
    }
  }
}
