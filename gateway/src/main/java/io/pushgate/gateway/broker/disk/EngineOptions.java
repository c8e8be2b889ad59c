package io.pushgate.gateway.broker.disk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WALRecoveryMode;

/**
 * What the engine is told, with each number's reason. Native memory, which is held until it is
 * closed. <em>Its opener only.</em>
 */
final class EngineOptions implements AutoCloseable {
  private static final long MIB = 1 << 20;

  /** Two full ones wait for the disk while a third is written: 96 MiB at most, and as much WAL. */
  static final long WRITE_BUFFER = 32 * MIB;

  private static final int WRITE_BUFFERS = 3;

  /** Blocks, and with them their indexes and filters, so that this bounds what reads take. */
  private static final long BLOCK_CACHE = 64 * MIB;

  /**
   * The cache is split by the hash of a block into parts, each with a lock and a share of the room.
   * Few threads read, and a part must hold what is asked for all the time.
   */
  private static final int CACHE_SHARD_BITS = 2;

  private static final double CACHE_FOR_INDEXES = 0.5;

  /** Of the process' descriptors 512 are kept from the sockets; this is half of them. */
  private static final int OPEN_FILES = 256;

  private static final long TABLE_FILE = 32 * MIB;
  private static final int BLOCK = 16 << 10;
  private static final double FILTER_BITS = 10;

  /** Of 4,096 keys in a row 2,048 deleted: the table is worth a compaction of its own. */
  private static final long DELETED_WINDOW = 4_096;

  private static final long DELETED_TRIGGER = 2_048;

  private static final long LOG_FILE = MIB;
  private static final long LOG_FILES = 2;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Options options = keep(new Options());
  private final WalOrder walOrder;

  /** Takes over how the log is read back. */
  EngineOptions(long writeBuffer, WalOrder order) {
    walOrder = keep(order);
    LRUCache cache = keep(new LRUCache(BLOCK_CACHE, CACHE_SHARD_BITS, false, CACHE_FOR_INDEXES));
    options
        .setWriteBufferSize(writeBuffer)
        .setMaxWriteBufferNumber(WRITE_BUFFERS)
        .setTargetFileSizeBase(TABLE_FILE)
        .setMaxBytesForLevelBase(4 * TABLE_FILE)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setTableFormatConfig(tables(cache))
        .setTablePropertiesCollectorFactory(
            List.of(
                keep(
                    TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(
                        DELETED_WINDOW, DELETED_TRIGGER, 0))));
    options
        .setMaxOpenFiles(OPEN_FILES)
        .setMaxBackgroundJobs(2)
        .setBytesPerSync(MIB) // The disk gets a table bit by bit, not in one burst at its sync.
        .setManifestPreallocationSize(64 << 10)
        .setSkipStatsUpdateOnDbOpen(true)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(LOG_FILE)
        .setKeepLogFileNum(LOG_FILES)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
    // A WAL that was not synced may lose any of its pages to a power cut. What is read back is its
    // beginning up to the first fault or gap, which is what the lane wrote, in its order.
    options
        .setParanoidChecks(true)
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        .setWalFilter(walOrder)
        .setAllowMmapWrites(false)
        .setMaxBgErrorResumeCount(0); // After a failure it is opened anew, by RocksStore alone.
  }

  Options options() {
    return options;
  }

  /** What the opening that these options were for found in the WAL. */
  WalOrder walOrder() {
    return walOrder;
  }

  // Indexes and filters in parts, too: the filter of a whole table of small entries is two
  // megabytes,
  // and where the cache has dropped it, each look at a single key would read and check all of it.
  private BlockBasedTableConfig tables(LRUCache cache) {
    return new BlockBasedTableConfig()
        .setBlockCache(cache)
        .setCacheIndexAndFilterBlocks(true)
        .setIndexType(IndexType.kTwoLevelIndexSearch)
        .setPartitionFilters(true)
        .setPinTopLevelIndexAndFilter(true)
        .setBlockSize(BLOCK)
        .setFilterPolicy(keep(new BloomFilter(FILTER_BITS)));
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        throw new AssertionError(RocksDB.class.getName() + " closes without exceptions", e);
      }
    }
  }
}
