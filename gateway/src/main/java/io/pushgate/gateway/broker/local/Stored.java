package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.broker.ReceiptTo;
import io.pushgate.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the store holds it. <em>Immutable.</em>
 *
 * @param passing it has its place and its end, but is not replayed: a ttl of 0. Its data is gone
 * @param takenMillis when it was taken, by the clock that decides what is too old
 * @param endsMillis when it ends by its own ttl, {@link Entry#NEVER} where it names none
 */
record Stored(
    Entry entry,
    boolean passing,
    long takenMillis,
    long endsMillis,
    @Nullable ReceiptTo receiptTo) {
  private static final int RECALL = 1;
  private static final int PASSING = 2;
  private static final int TO_PUBLISHER = 4;
  private static final int TO_CONNECTION = 8;

  private static final Payload NOTHING = Payload.of("null");

  byte[] write(RecordWriter out) {
    int flags =
        (entry.kind() == Entry.Kind.RECALL ? RECALL : 0)
            | (passing ? PASSING : 0)
            | (receiptTo instanceof ReceiptTo.Publisher ? TO_PUBLISHER : 0)
            | (receiptTo instanceof ReceiptTo.Connection ? TO_CONNECTION : 0);
    out.octet(flags)
        .number(entry.previous())
        .number(entry.timestampMillis())
        .number(takenMillis)
        .number(endsMillis == Entry.NEVER ? 0 : endsMillis + 1)
        .text(entry.id())
        .text(entry.type())
        .text(entry.collapse());
    if (receiptTo instanceof ReceiptTo.Publisher publisher) {
      out.text(publisher.name());
    } else if (receiptTo instanceof ReceiptTo.Connection connection) {
      out.fixed(connection.key());
    }
    if (!passing && entry.kind() == Entry.Kind.NOTIFICATION) {
      Payload data = entry.data();
      out.bytes(data.bytes(), data.offset(), data.length());
    }
    return out.take();
  }

  static Stored read(long offset, byte[] value) {
    RecordReader in = new RecordReader(value);
    int flags = in.octet();
    long previous = in.number();
    long timestamp = in.number();
    long taken = in.number();
    long ends = in.number();
    String id = in.text();
    String type = in.textOrNull();
    String collapse = in.textOrNull();
    ReceiptTo receiptTo = null;
    if ((flags & TO_PUBLISHER) != 0) {
      receiptTo = new ReceiptTo.Publisher(in.text());
    } else if ((flags & TO_CONNECTION) != 0) {
      receiptTo = new ReceiptTo.Connection(in.fixed());
    }
    boolean recall = (flags & RECALL) != 0;
    boolean passing = (flags & PASSING) != 0;
    long endsMillis = ends == 0 ? Entry.NEVER : ends - 1;
    Entry entry =
        new Entry(
            offset,
            previous,
            recall ? Entry.Kind.RECALL : Entry.Kind.NOTIFICATION,
            id,
            type,
            timestamp,
            endsMillis,
            collapse,
            recall || passing ? NOTHING : new Payload(value, in.index(), in.remaining()));
    return new Stored(entry, passing, taken, endsMillis, receiptTo);
  }

  /** The recall of an earlier entry. */
  static Stored recall(long offset, long previous, String id, long wallMillis, long nowMillis) {
    Entry entry =
        new Entry(
            offset, previous, Entry.Kind.RECALL, id, null, wallMillis, Entry.NEVER, null, NOTHING);
    return new Stored(entry, false, nowMillis, Entry.NEVER, null);
  }
}
