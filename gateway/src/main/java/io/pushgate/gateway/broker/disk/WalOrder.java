package io.pushgate.gateway.broker.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractWalFilter;
import org.rocksdb.RocksDBException;
import org.rocksdb.WalProcessingOption;
import org.rocksdb.WriteBatch;

/**
 * Watches the WAL being read back and ends that at the first gap. The engine stops by itself at a
 * bad checksum, but takes a page that was never written, all zeros, for an end of a block, and the
 * lost end of one file for its end, and reads on behind it. Every write carries the number of its
 * first key and how many it has, so a gap shows. <em>Its opener only.</em>
 */
final class WalOrder extends AbstractWalFilter {
  private static final int HEADER = 12;
  private static final LogRecordFoundResult TAKE = LogRecordFoundResult.CONTINUE_UNCHANGED;
  private static final LogRecordFoundResult END =
      new LogRecordFoundResult(WalProcessingOption.STOP_REPLAY, false);

  private long next = -1;
  private @Nullable String lastFile;

  @Override
  public void columnFamilyLogNumberMap(Map<Integer, Long> numbers, Map<String, Integer> ids) {
    next = -1;
    lastFile = null;
  }

  @Override
  public LogRecordFoundResult logRecordFound(
      long number, String file, WriteBatch batch, WriteBatch replacement) {
    byte[] data;
    try {
      data = batch.data();
    } catch (RocksDBException unreadable) {
      return END;
    }
    if (data.length < HEADER) {
      return END;
    }
    ByteBuffer header = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    long sequence = header.getLong();
    if (next >= 0 && sequence > next) {
      return END;
    }
    next = sequence + Integer.toUnsignedLong(header.getInt());
    lastFile = file;
    return TAKE;
  }

  /** The file of the last write that was read back; null where none was. */
  @Nullable String lastFile() {
    return lastFile;
  }

  @Override
  public String name() {
    return "pushgate.wal-order";
  }
}
