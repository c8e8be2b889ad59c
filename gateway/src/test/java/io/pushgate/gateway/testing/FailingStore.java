package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.local.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store whose commits fail where a test says so. As many threads as the store behind it. */
final class FailingStore implements Store {
  private final Store store;
  private final Failures failures;
  private final RecordedBatch batch = new RecordedBatch();

  FailingStore(Store store, Failures failures) {
    this.store = store;
    this.failures = failures;
  }

  @Override
  public Batch batch() {
    return batch;
  }

  @Override
  public void write(Batch filled, boolean sync) throws IOException {
    List<Consumer<Batch>> changes = batch.take();
    Failures.Commit commit = failures.next();
    if (commit != Failures.Commit.REFUSED) {
      Batch target = store.batch();
      changes.forEach(change -> change.accept(target));
      store.write(target, sync);
    }
    if (commit != Failures.Commit.WRITTEN) {
      throw new IOException("no space left on device");
    }
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    return store.get(key);
  }

  @Override
  public void sync() throws IOException {
    store.sync();
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
    String trouble = failures.trouble();
    return trouble == null ? store.trouble() : trouble;
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
