package io.pushgate.gateway.broker.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the lane gathers until it commits: one batch of writes, and whom to tell what, in order,
 * when they are stored. <em>Lane only.</em>
 */
final class Turn {

  private static final Logger log = LoggerFactory.getLogger(Turn.class);

  /** Bytes that are written at a time, so that what is in mind of a turn stays small. */
  private static final long LARGE = 4 << 20;

  /** Who is told how a turn ended. */
  private record Told(Runnable stored, Consumer<IOException> failed) {}

  private final Store store;
  private final Store.Batch batch;
  private final RecordWriter records = new RecordWriter();
  private List<Told> told = new ArrayList<>();
  private long bytes;
  private boolean writes;
  private boolean sync;
  private @Nullable IOException failure;

  Turn(Store store) {
    this.store = store;
    this.batch = store.batch();
  }

  /** Makes the values that are put. */
  RecordWriter records() {
    return records;
  }

  void put(byte[] key, byte[] value) {
    writes = true;
    bytes += key.length + value.length;
    batch.put(key, value);
  }

  void delete(byte[] key) {
    writes = true;
    batch.delete(key);
  }

  /** This turn has to be on stable storage before anybody is told. */
  void sync() {
    sync = true;
  }

  boolean writes() {
    return writes;
  }

  boolean isEmpty() {
    return told.isEmpty() && !writes && failure == null;
  }

  /** Whether it is better ended than given more. */
  boolean isLarge() {
    return bytes >= LARGE;
  }

  /** Has one of the two run when the turn ends. */
  void then(Runnable stored, Consumer<IOException> failed) {
    told.add(new Told(stored, failed));
  }

  /** The same, of what is said whether or not the writes are stored. */
  void then(Runnable ended) {
    told.add(new Told(ended, failure -> ended.run()));
  }

  /** Nothing of this turn can be stored. */
  void fail(IOException reason) {
    failure = reason;
  }

  /** Writes the batch; null where that went well. */
  @Nullable IOException commit() {
    if (failure == null && writes) {
      try {
        store.write(batch, sync);
      } catch (IOException e) {
        failure = e;
      }
    } else {
      batch.clear();
    }
    return failure;
  }

  /** Tells everybody, and begins anew. What is told may give the lane new tasks, not this turn. */
  void tell() {
    List<Told> all = told;
    IOException reason = failure;
    told = new ArrayList<>();
    bytes = 0;
    writes = false;
    sync = false;
    failure = null;
    for (Told each : all) {
      try {
        if (reason == null) {
          each.stored().run();
        } else {
          each.failed().accept(reason);
        }
      } catch (RuntimeException e) {
        log.error(
            "what became of a push could not be told", e); // The others are told all the same.
      }
    }
  }
}
