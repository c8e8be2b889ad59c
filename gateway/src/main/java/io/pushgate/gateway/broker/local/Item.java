package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.broker.ReceiptTo;
import org.jspecify.annotations.Nullable;

/**
 * What the lane keeps in mind of an entry, which is all but its data. <em>Immutable.</em>
 *
 * @param bytes of its data
 * @param endsMillis when it ends by its own ttl, {@link Entry#NEVER} where it names none
 */
record Item(
    long offset,
    boolean recall,
    boolean passing,
    String id,
    int bytes,
    long takenMillis,
    long endsMillis,
    @Nullable String collapse,
    @Nullable ReceiptTo receiptTo) {

  static Item of(Stored stored) {
    Entry entry = stored.entry();
    return new Item(
        entry.offset(),
        entry.kind() == Entry.Kind.RECALL,
        stored.passing(),
        entry.id(),
        stored.passing() ? 0 : entry.data().length(),
        stored.takenMillis(),
        stored.endsMillis(),
        entry.collapse(),
        stored.receiptTo());
  }

  boolean ended(long nowMillis) {
    return nowMillis >= endsMillis;
  }

  /** Whether somebody waits for its end, so that it has to be told in time. */
  boolean hasDue() {
    return receiptTo != null || endsMillis != Entry.NEVER;
  }

  long dueMillis(long ageMillis) {
    return Math.min(endsMillis, takenMillis + ageMillis);
  }
}
