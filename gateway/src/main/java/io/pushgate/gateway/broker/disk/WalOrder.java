package io.pushgate.gateway.broker.disk;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractWalFilter;
import org.rocksdb.RocksDBException;
import org.rocksdb.WalProcessingOption;
import org.rocksdb.WriteBatch;

/**
 * Watches the log being read back and ends that at the first batch that is missing. The engine
 * stops by itself at a bad checksum, but takes a page that was never written, all zeros, for the
 * end of a block, and a file that was never written for an empty one, and reads on behind it.
 * <em>Its opener only.</em>
 */
final class WalOrder extends AbstractWalFilter {
  private static final LogRecordFoundResult TAKE = LogRecordFoundResult.CONTINUE_UNCHANGED;
  private static final LogRecordFoundResult END =
      new LogRecordFoundResult(WalProcessingOption.STOP_REPLAY, false);

  /** The number of the last batch that is there; -1 to take none. */
  private long last;

  private @Nullable String lastFile;

  private WalOrder(long last) {
    this.last = last;
  }

  /** Takes nothing of the log. */
  static WalOrder nothing() {
    return new WalOrder(-1);
  }

  /** Takes what follows without a gap on this batch, the last that the tables hold. */
  static WalOrder behind(long number) {
    return new WalOrder(number);
  }

  @Override
  public void columnFamilyLogNumberMap(Map<Integer, Long> numbers, Map<String, Integer> ids) {
    // Which log files the tables make needless is the engine's own matter.
  }

  @Override
  public LogRecordFoundResult logRecordFound(
      long log, String file, WriteBatch batch, WriteBatch replacement) {
    long number;
    try {
      number = WriteNumber.in(batch.data());
    } catch (RocksDBException unreadable) {
      return END;
    }
    if (last < 0 || number < 0 || number > last + 1) {
      return END;
    }
    last = Math.max(last, number);
    lastFile = file;
    return TAKE;
  }

  /** The file of the last batch that was taken; null where none was. */
  @Nullable String lastFile() {
    return lastFile;
  }

  @Override
  public String name() {
    return "pushgate.wal-order";
  }
}
