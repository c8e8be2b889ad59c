package io.pushgate.gateway.broker.disk;

import io.pushgate.gateway.broker.local.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine, opened once. Its native parts must not go while somebody is inside, so everybody
 * enters by a shared lock, and closing takes it whole. <em>Any thread.</em>
 */
final class Database {
  private static final Logger log = LoggerFactory.getLogger(Database.class);
  private static final long PATIENCE_SECONDS = 10;
  private static final long STALL_SECONDS = 30;
  private static final long FAILED_STALL_SECONDS = 1;
  private static final long STALL_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final EngineOptions options;
  private final RocksDB rocks;
  private final WriteOptions plain = new WriteOptions().setNoSlowdown(true);
  private final WriteOptions synced = new WriteOptions().setNoSlowdown(true).setSync(true);
  private final StampedLock gate = new StampedLock();
  private final boolean readOnly;
  private volatile long number;
  private volatile boolean shut;
  private volatile boolean closed;

  /** Takes over options and engine; closes the engine where it can't be read. */
  Database(EngineOptions options, RocksDB rocks, boolean readOnly) throws RocksDBException {
    this.options = options;
    this.rocks = rocks;
    this.readOnly = readOnly;
    try {
      number = WriteNumber.of(rocks.get(WriteNumber.KEY));
    } catch (RocksDBException e) {
      rocks.close();
      throw e;
    }
  }

  /**
   * Goes inside; whoever does leaves with what this returns. Never waits, so that who is inside may
   * enter again while another waits to close.
   */
  long enter() throws IOException {
    long stamp = shut ? 0 : gate.tryReadLock();
    if (stamp == 0) {
      throw new IOException("the store is not open");
    }
    return stamp;
  }

  void leave(long stamp) {
    gate.unlockRead(stamp);
  }

  /** Lets nobody in any more; who is inside may stay. */
  void shut() {
    shut = true;
  }

  boolean isReadOnly() {
    return readOnly;
  }

  /** Writes, by one thread at a time, and returns the batch's number. */
  long write(RocksBatch batch, boolean sync) throws IOException, RocksDBException {
    long stamp = enter();
    try {
      long next = number + 1;
      batch.end(next);
      write(sync ? synced : plain, batch.content());
      number = next;
      return next;
    } finally {
      leave(stamp);
    }
  }

  // Where tables are not written as fast as they fill, the engine makes its writers wait; after a
  // full disk it may do so for ever, in native code, though there is room again. So it is told to
  // refuse instead, and the waiting is done here.
  private void write(WriteOptions options, WriteBatch content)
      throws IOException, RocksDBException {
    long start = System.nanoTime();
    while (true) {
      try {
        rocks.write(options, content);
        return;
      } catch (RocksDBException e) {
        if (!isStall(e) || System.nanoTime() - start > stallPatience()) {
          throw e;
        }
      }
      if (shut) {
        throw new IOException("the store is not open");
      }
      LockSupport.parkNanos(STALL_PAUSE_NANOS);
    }
  }

  private static boolean isStall(RocksDBException e) {
    return e.getStatus() != null && e.getStatus().getCode() == Status.Code.Incomplete;
  }

  private long stallPatience() throws RocksDBException {
    boolean failed = rocks.getLongProperty("rocksdb.background-errors") > 0;
    return TimeUnit.SECONDS.toNanos(failed ? FAILED_STALL_SECONDS : STALL_SECONDS);
  }

  byte @Nullable [] get(byte[] key) throws IOException {
    long stamp = enter();
    try {
      return rocks.get(key);
    } catch (RocksDBException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      leave(stamp);
    }
  }

  void syncWal() throws IOException, RocksDBException {
    long stamp = enter();
    try {
      rocks.syncWal();
    } finally {
      leave(stamp);
    }
  }

  /** The number of the last batch. */
  long number() {
    return number;
  }

  /** The files the engine stands on, and how much of its manifest is on stable storage. */
  RocksDB.LiveFiles files() throws IOException, RocksDBException {
    long stamp = enter();
    try {
      return rocks.getLiveFiles(false);
    } finally {
      leave(stamp);
    }
  }

  /** Reads all tables against their checksums. */
  void verify() throws IOException, RocksDBException {
    long stamp = enter();
    try {
      rocks.verifyChecksum();
    } finally {
      leave(stamp);
    }
  }

  /** Writes the tables anew without what was taken out. */
  void compact() throws IOException, RocksDBException {
    long stamp = enter();
    try {
      rocks.compactRange();
    } finally {
      leave(stamp);
    }
  }

  /** Copies what it holds into a directory that must not exist. */
  void checkpoint(Path directory) throws IOException, RocksDBException {
    long stamp = enter();
    try (Checkpoint checkpoint = Checkpoint.create(rocks)) {
      checkpoint.createCheckpoint(directory.toString());
    } finally {
      leave(stamp);
    }
  }

  Store.View view() throws IOException {
    return new DatabaseView(this, rocks, enter());
  }

  WalOrder walOrder() {
    return options.walOrder();
  }

  /**
   * Waits for those who are inside, and closes. One that does not leave in time keeps the engine
   * open, which costs memory, where closing would cost the process.
   *
   * @return whether it is closed now
   */
  boolean close() {
    if (closed) {
      return true;
    }
    shut = true;
    try {
      if (gate.tryWriteLock(1, TimeUnit.SECONDS) == 0 && stillBusy()) {
        log.error("the store is still read from after {} s and stays open", PATIENCE_SECONDS);
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    List.of(rocks, plain, synced).forEach(org.rocksdb.AbstractNativeReference::close);
    options.close();
    closed = true;
    return true;
  }

  // A compaction may take minutes; told to, it gives up.
  private boolean stillBusy() throws InterruptedException {
    rocks.cancelAllBackgroundWork(false);
    return gate.tryWriteLock(PATIENCE_SECONDS, TimeUnit.SECONDS) == 0;
  }
}
