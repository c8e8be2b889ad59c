package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.local.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What stays of a store when its process ends, and what of that when the power goes: every commit,
 * in order, and up to which of them they were synced. Any thread.
 */
public final class TestDisk {
  private final Supplier<Store> empty;
  private final List<List<Consumer<Store.Batch>>> commits = new ArrayList<>();
  private int synced;

  /**
   * @param empty makes stores that hold nothing yet
   */
  public TestDisk(Supplier<Store> empty) {
    this.empty = empty;
  }

  /** A store that holds what is on this disk and writes to it; one at a time. */
  public synchronized Store open() {
    Store store = empty.get();
    try {
      for (List<Consumer<Store.Batch>> commit : commits) {
        Store.Batch batch = store.batch();
        commit.forEach(change -> change.accept(batch));
        store.write(batch, false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new OnDisk(store);
  }

  /**
   * Puts all that was written so far on stable storage, as a system does now and then by itself.
   */
  public synchronized void sync() {
    synced = commits.size();
  }

  /** Everything that was not synced is gone. */
  public synchronized void losePower() {
    commits.subList(synced, commits.size()).clear();
  }

  private synchronized void add(List<Consumer<Store.Batch>> commit, boolean sync) {
    commits.add(commit);
    if (sync) {
      sync();
    }
  }

  private final class OnDisk implements Store {
    private final Store store;
    private final RecordedBatch batch = new RecordedBatch();

    OnDisk(Store store) {
      this.store = store;
    }

    @Override
    public Batch batch() {
      return batch;
    }

    @Override
    public void write(Batch filled, boolean sync) throws IOException {
      List<Consumer<Batch>> changes = batch.take();
      Batch target = store.batch();
      changes.forEach(change -> change.accept(target));
      store.write(target, sync);
      add(changes, sync);
    }

    @Override
    public byte @Nullable [] get(byte[] key) throws IOException {
      return store.get(key);
    }

    @Override
    public void sync() throws IOException {
      store.sync();
      TestDisk.this.sync();
    }

    @Override
    public View view() throws IOException {
      return store.view();
    }

    @Override
    public long size() {
      return store.size();
    }

    @Override
    public void compact() throws IOException {
      store.compact();
    }

    @Override
    public @Nullable String trouble() {
      return store.trouble();
    }

    @Override
    public void copyTo(Path directory, Change changed) throws IOException {
      store.copyTo(directory, changed);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
