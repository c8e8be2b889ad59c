package io.pushgate.gateway.broker.disk;

import io.pushgate.gateway.broker.local.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a directory of its own. Batches are made and written by one thread, all else is for
 * any. After the first failed write nothing is taken and nothing read until the engine was opened
 * anew, by a thread of its own and as often as it needs; while it opens for reading alone, as on a
 * full disk, what it holds can be read.
 */
public final class RocksStore implements Store {
  private static final Logger log = LoggerFactory.getLogger(RocksStore.class);
  private static final long MARK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SIZE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final DataDirectory directory;
  private final Engine engine;
  private final SyncMarker marker;
  private final Reopening reopening = new Reopening(this::reopens);
  private final RocksBatch batch = new RocksBatch();
  private final AtomicLong sizedAt = new AtomicLong();
  private volatile long size;
  private volatile Database database;
  private volatile @Nullable String trouble;
  private volatile long written;
  private boolean closed;
  private long markedAt = System.nanoTime();

  private RocksStore(DataDirectory directory, Engine engine, Database database) {
    this.directory = directory;
    this.engine = engine;
    this.database = database;
    marker = new SyncMarker(directory.engine(), directory.synced());
    size = measure();
    sizedAt.set(System.nanoTime());
  }

  /**
   * Opens the store in a directory, or a new one.
   *
   * @throws StoreException a directory that is in use, out of reach, of another format or no store
   * @throws DamagedStoreException names the file that is not what was written
   */
  public static RocksStore open(Path root) throws StoreException {
    return open(root, EngineOptions.WRITE_BUFFER);
  }

  /** The same with tables of another size. */
  static RocksStore open(Path root, long writeBuffer) throws StoreException {
    EngineLibrary.load();
    DataDirectory directory = DataDirectory.lock(root);
    Engine engine = new Engine(directory.engine(), writeBuffer);
    try {
      return directory.holdsStore() ? openExisting(directory, engine) : create(directory, engine);
    } catch (StoreException | RuntimeException e) {
      release(directory);
      throw e;
    }
  }

  private static RocksStore create(DataDirectory directory, Engine engine) throws StoreException {
    Database database = null;
    try {
      database = engine.create();
      RocksStore store = new RocksStore(directory, engine, database);
      store.marker.mark(database, 0);
      directory.writeFormat();
      return store;
    } catch (IOException | RocksDBException e) {
      if (database != null) {
        database.close();
      }
      throw new StoreException("no store can be made in " + directory.root() + ": " + e, e);
    }
  }

  private static RocksStore openExisting(DataDirectory directory, Engine engine)
      throws StoreException {
    new Inspection(engine, SyncedMark.read(directory.synced())).run();
    Database database;
    try {
      database = engine.open();
    } catch (RocksDBException e) {
      throw EngineFault.atOpening(directory.engine(), e);
    }
    RocksStore store = new RocksStore(directory, engine, database);
    try {
      store.written = database.number();
      store.sync();
    } catch (IOException e) {
      store.close();
      throw new StoreException("the store in " + directory.engine() + " does not open: " + e, e);
    }
    return store;
  }

  private static void release(DataDirectory directory) {
    try {
      directory.close();
    } catch (IOException e) {
      log.warn("the lock of {} is not released: {}", directory.root(), e.toString());
    }
  }

  @Override
  public Batch batch() {
    return batch;
  }

  @Override
  public void write(Batch filled, boolean sync) throws IOException {
    Database open = database;
    try {
      checkTakes();
      written = open.write(batch, sync);
      if (sync && System.nanoTime() - markedAt > MARK_NANOS) {
        marker.mark(open, written);
        markedAt = System.nanoTime();
      }
    } catch (RocksDBException e) {
      throw failed(open, e);
    } finally {
      batch.clear();
    }
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    return database.get(key);
  }

  @Override
  public void sync() throws IOException {
    Database open = database;
    checkTakes();
    try {
      long number = open.number();
      open.syncWal();
      marker.mark(open, number);
    } catch (RocksDBException e) {
      throw failed(open, e);
    }
  }

  private void checkTakes() throws IOException {
    String why = trouble;
    if (why != null) {
      throw new IOException(why);
    }
  }

  // What was being written may lie whole in the log and come back with the next opening. So from
  // here on nobody may read the old state, which does not have it.
  private synchronized IOException failed(Database open, RocksDBException e) {
    String why = "the store takes nothing: " + EngineFault.text(e);
    if (open == database && trouble == null && !closed) {
      trouble = why;
      open.shut();
      log.error("{}", why);
      reopening.begin();
    }
    return new IOException(why, e);
  }

  // What failed may have been any of the engine's parts, so all of it is opened anew. A log whose
  // sync failed can't be trusted to be on the disk, though it reads well: opening writes what it
  // holds out again, as a table.
  private boolean reopens() {
    try {
      if (!database.isReadOnly()) {
        if (!database.close()) {
          return false;
        }
        database = openedForReading();
      }
      Database next = engine.open();
      Database before = database;
      synchronized (this) {
        database = next;
        trouble = null;
      }
      before.close();
      log.info("the store takes writes again");
      return true;
    } catch (IOException | RocksDBException e) {
      log.debug("the store is not back: {}", e.toString());
      return false;
    }
  }

  private Database openedForReading() throws IOException, RocksDBException {
    Database opened = engine.openReadOnly();
    long number = opened.number();
    if (number < written) {
      String last = opened.walOrder().lastFile();
      opened.close();
      Path file = last == null ? directory.engine() : Path.of(last);
      DamagedStoreException damaged =
          new DamagedStoreException(
              file, "ends with batch %d, but %d was written".formatted(number, written));
      trouble = damaged.getMessage();
      throw damaged;
    }
    return opened;
  }

  @Override
  public View view() throws IOException {
    return database.view();
  }

  @Override
  public long size() {
    long last = sizedAt.get();
    long now = System.nanoTime();
    if (now - last > SIZE_NANOS && sizedAt.compareAndSet(last, now)) {
      size = measure();
    }
    return size;
  }

  @Override
  public void compact() throws IOException {
    Database open = database;
    checkTakes();
    try {
      open.compact();
    } catch (RocksDBException e) {
      throw failed(open, e);
    }
  }

  private long measure() {
    try (Stream<Path> files = Files.list(directory.engine())) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      return size;
    }
  }

  @Override
  public @Nullable String trouble() {
    return trouble;
  }

  @Override
  public void copyTo(Path copy, Change changed) throws IOException {
    Database open = database;
    checkTakes();
    StoreCopy.make(open, copy, changed);
  }

  /** Syncs, and waits for the views that are open. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    reopening.close();
    try {
      sync();
    } catch (IOException e) {
      log.warn("the store closes without a last sync: {}", e.getMessage());
    }
    database.close();
    batch.close();
    release(directory);
  }
}
