package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.local.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A batch that remembers what was put into it, to be written later, again, or never. */
final class RecordedBatch implements Store.Batch {
  private List<Consumer<Store.Batch>> changes = new ArrayList<>();

  @Override
  public void put(byte[] key, byte[] value) {
    byte[] keyNow = key.clone();
    byte[] valueNow = value.clone();
    changes.add(batch -> batch.put(keyNow.clone(), valueNow.clone()));
  }

  @Override
  public void delete(byte[] key) {
    byte[] keyNow = key.clone();
    changes.add(batch -> batch.delete(keyNow.clone()));
  }

  @Override
  public void clear() {
    changes.clear();
  }

  /** What it held, in order; it is empty from then on. */
  List<Consumer<Store.Batch>> take() {
    List<Consumer<Store.Batch>> taken = changes;
    changes = new ArrayList<>();
    return taken;
  }
}
