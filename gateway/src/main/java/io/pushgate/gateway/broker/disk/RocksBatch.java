package io.pushgate.gateway.broker.disk;

import io.pushgate.gateway.broker.local.Store;
import java.util.Arrays;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Writes gathered in native memory. <em>Its caller only.</em> */
final class RocksBatch implements Store.Batch, AutoCloseable {
  /** A batch keeps its memory when it is emptied; a larger one is given back instead. */
  private static final long KEPT_BYTES = 1 << 20;

  private WriteBatch content = new WriteBatch();

  @Override
  public void put(byte[] key, byte[] value) {
    assert Arrays.compareUnsigned(key, WriteNumber.KEY) < 0 : "this key is the store's own";
    try {
      content.put(key, value);
    } catch (RocksDBException e) {
      throw refused(e);
    }
  }

  @Override
  public void delete(byte[] key) {
    try {
      content.delete(key);
    } catch (RocksDBException e) {
      throw refused(e);
    }
  }

  private static IllegalStateException refused(RocksDBException e) {
    return new IllegalStateException("the batch takes no more: " + e.getMessage(), e);
  }

  /** Puts its number behind all that it holds, as the last step before it is written. */
  void end(long number) throws RocksDBException {
    content.put(WriteNumber.KEY, WriteNumber.value(number));
  }

  WriteBatch content() {
    return content;
  }

  @Override
  public void clear() {
    if (content.getDataSize() <= KEPT_BYTES) {
      content.clear();
    } else {
      content.close();
      content = new WriteBatch();
    }
  }

  @Override
  public void close() {
    content.close();
  }
}
