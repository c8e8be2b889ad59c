package io.pushgate.gateway.broker.memory;

import io.pushgate.gateway.broker.local.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values in the heap. A view sees what is written meanwhile, so it is read where it is
 * written. <em>Lane only</em>, but for the size.
 */
public final class MemoryStore implements Store {
  /** What a pair takes beside its bytes: two arrays' heads, a node, its share of the index. */
  private static final int PAIR_OVERHEAD = 96;

  private final NavigableMap<byte[], byte[]> pairs = new TreeMap<>(Arrays::compareUnsigned);
  private final AtomicLong size = new AtomicLong();

  /** One change: a pair, a key to take out, or a range of them. */
  private interface Change {
    void apply();
  }

  private final class ListedChanges implements Batch {
    private final List<Change> changes = new ArrayList<>();

    @Override
    public void put(byte[] key, byte[] value) {
      changes.add(
          () -> {
            byte[] before = pairs.put(key, value);
            size.addAndGet(bytes(key, value) - (before == null ? 0 : bytes(key, before)));
          });
    }

    @Override
    public void delete(byte[] key) {
      changes.add(() -> remove(key));
    }

    @Override
    public void clear() {
      changes.clear();
    }
  }

  private void remove(byte[] key) {
    byte[] before = pairs.remove(key);
    if (before != null) {
      size.addAndGet(-bytes(key, before));
    }
  }

  private static long bytes(byte[] key, byte[] value) {
    return (long) key.length + value.length + PAIR_OVERHEAD;
  }

  @Override
  public Batch batch() {
    return new ListedChanges();
  }

  @Override
  public void write(Batch batch, boolean sync) {
    ListedChanges listed = (ListedChanges) batch;
    listed.changes.forEach(Change::apply);
    listed.clear();
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return pairs.get(key);
  }

  @Override
  public void sync() {}

  @Override
  public View view() {
    return new View() {
      @Override
      public byte @Nullable [] get(byte[] key) {
        return pairs.get(key);
      }

      @Override
      public Walk walk(byte[] from, byte[] to) {
        return new MapWalk(pairs.subMap(from, true, to, false).entrySet().iterator());
      }

      @Override
      public void close() {}
    };
  }

  private static final class MapWalk implements Walk {
    private final Iterator<Map.Entry<byte[], byte[]>> rest;
    private Map.@Nullable Entry<byte[], byte[]> current;

    MapWalk(Iterator<Map.Entry<byte[], byte[]>> pairs) {
      this.rest = pairs;
    }

    @Override
    public boolean next() {
      current = rest.hasNext() ? rest.next() : null;
      return current != null;
    }

    private Map.Entry<byte[], byte[]> current() {
      if (current == null) {
        throw new IllegalStateException("next() comes first");
      }
      return current;
    }

    @Override
    public byte[] key() {
      return current().getKey();
    }

    @Override
    public byte[] value() {
      return current().getValue();
    }

    @Override
    public void close() {}
  }

  @Override
  public long size() {
    return size.get();
  }

  @Override
  public void compact() {}

  @Override
  public @Nullable String trouble() {
    return null;
  }

  @Override
  public void copyTo(Path directory, Store.Change changed) {
    throw new UnsupportedOperationException("there is nothing to copy");
  }

  @Override
  public void close() {
    pairs.clear();
  }
}
