package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Opening;
import io.pushgate.gateway.broker.Page;
import io.pushgate.gateway.broker.Receipt;
import io.pushgate.gateway.broker.ReceiptOpening;
import io.pushgate.gateway.broker.ReceiptPage;
import io.pushgate.gateway.broker.Start;
import io.pushgate.gateway.broker.Trace;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.DeliveryState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers what can be read from a view of the store. <em>Any thread.</em>
 *
 * <p>What the store held when the newest stored offset was read, a view that is taken later holds
 * too: so a page that reaches the end says that all up to that offset was in it.
 */
final class Reads {
  private final Store store;
  private final Meta meta;
  private final Cursors cursors;
  private final TrustedClock clock;
  private final long ageMillis;
  private final long dedupeMillis;

  Reads(Store store, Meta meta, Cursors cursors, TrustedClock clock, Ages ages) {
    this.store = store;
    this.meta = meta;
    this.cursors = cursors;
    this.clock = clock;
    this.ageMillis = ages.journalMillis();
    this.dedupeMillis = ages.dedupeMillis();
  }

  /** How long things are kept, in milliseconds. */
  record Ages(long journalMillis, long dedupeMillis) {}

  Opening open(UserId user, Start start) throws IOException {
    long newest = meta.stored();
    long now = clock.millis();
    try (Store.View view = store.view()) {
      JournalId own = JournalId.of(user);
      Head head = head(view, own).at(now, ageMillis);
      Cursor ownCursor = start instanceof Start.After after ? after.position().user() : null;
      Cursor allCursor = start instanceof Start.After after ? after.position().everyone() : null;
      Opener opener = new Opener(start, newest);
      Opener.Placed placed =
          opener.place(
              new JournalReading(view, own, now, ageMillis),
              head.trimmedThrough(),
              asked(own, ownCursor),
              head.user());
      Opener.Placed placedAll =
          opener.place(
              new JournalReading(view, JournalId.EVERYONE, now, ageMillis),
              head(view, JournalId.EVERYONE).trimmedThrough(),
              asked(JournalId.EVERYONE, allCursor),
              head.everyone());
      boolean gap = placed.gap() || placedAll.gap() || start instanceof Start.Unusable;
      boolean named = start instanceof Start.After || start instanceof Start.End;
      return new Opening(
          placed.offset(),
          placedAll.offset(),
          placed.behind(),
          placedAll.behind(),
          named && !gap,
          Math.min(placed.shown(), meta.begun()),
          Math.min(placedAll.shown(), meta.begun()),
          gap);
    }
  }

  /** The offset that a client's cursor marks; null for no cursor, -1 for one that is unusable. */
  private @Nullable Long asked(JournalId journal, @Nullable Cursor cursor) {
    if (cursor == null) {
      return null;
    }
    long offset = cursors.offset(journal, cursor);
    return meta.given(offset) ? offset : -1;
  }

  private Head head(Store.View view, JournalId journal) throws IOException {
    return Journals.head(view, Keys.name(journal), cursors.prefix(journal), meta);
  }

  Page page(JournalId journal, long after, int maxEntries, int maxBytes) throws IOException {
    long newest = meta.stored();
    try (Store.View view = store.view()) {
      boolean trimmed = after < head(view, journal).trimmedThrough();
      JournalReading reading = new JournalReading(view, journal, clock.millis(), ageMillis);
      List<Entry> entries = new ArrayList<>();
      boolean end = reading.read(after, maxEntries, maxBytes, entries);
      long through = entries.isEmpty() ? after : entries.get(entries.size() - 1).offset();
      return new Page(
          entries, end ? Math.max(through, newest) : through, end, trimmed || reading.aged());
    }
  }

  @Nullable Trace trace(String id) throws IOException {
    try (Store.View view = store.view()) {
      byte[] value = view.get(Keys.id(id));
      Tracked push = value == null ? null : Tracked.read(id, value);
      if (push == null || push.over(clock.millis(), dedupeMillis)) {
        return null;
      }
      List<Trace.Delivery> deliveries = new ArrayList<>();
      if (push.several) {
        deliveries.addAll(Register.deliveries(view, push));
      } else if (push.only != null) {
        deliveries.add(push.only);
      }
      long now = clock.millis();
      for (int i = 0; i < deliveries.size(); i++) {
        deliveries.set(i, asOf(now, view, deliveries.get(i)));
      }
      deliveries.sort(UNFINISHED_FIRST);
      int acknowledged = push.acknowledged;
      for (Trace.Delivery delivery : deliveries) {
        acknowledged += delivery.state() == DeliveryState.ACKNOWLEDGED ? 1 : 0;
      }
      return new Trace(id, push.receivedMillis, push.journalledMillis, acknowledged, deliveries);
    }
  }

  /** What ended meanwhile has ended, though no sweep was there yet. */
  private Trace.Delivery asOf(long now, Store.View view, Trace.Delivery delivery)
      throws IOException {
    if (delivery.state() != DeliveryState.HELD) {
      return delivery;
    }
    JournalId journal = delivery.journal();
    byte[] value = view.get(Keys.of(Keys.ENTRY, Keys.name(journal), delivery.offset()));
    Item item = value == null ? null : Item.of(Stored.read(delivery.offset(), value));
    if (item == null || now < item.dueMillis(ageMillis)) {
      return delivery;
    }
    DeliveryState ended = item.ended(now) ? DeliveryState.EXPIRED : DeliveryState.TRIMMED;
    return new Trace.Delivery(journal, delivery.offset(), ended, item.dueMillis(ageMillis));
  }

  private static final Comparator<Trace.Delivery> UNFINISHED_FIRST =
      Comparator.comparing((Trace.Delivery delivery) -> delivery.state() != DeliveryState.HELD)
          .thenComparingLong(Trace.Delivery::offset);

  ReceiptOpening openReceipts(String publisher, String after) throws IOException {
    long newest = meta.stored();
    try (Store.View view = store.view()) {
      long first = Receipts.head(view, publisher).trimmedThrough();
      if (after.isEmpty()) {
        return new ReceiptOpening(first, false, false);
      }
      if (after.equals("end")) {
        return new ReceiptOpening(newest, true, false);
      }
      Cursor cursor = Cursor.parse(after);
      long asked = cursor == null ? -1 : Cursors.offset(cursors.receiptsPrefix(publisher), cursor);
      boolean whole = meta.given(asked) && asked >= first;
      return new ReceiptOpening(whole ? asked : first, whole, !whole);
    }
  }

  ReceiptPage receipts(String publisher, long after, int maxReceipts) throws IOException {
    long newest = meta.stored();
    try (Store.View view = store.view()) {
      boolean gap = after < Receipts.head(view, publisher).trimmedThrough();
      List<Receipt> receipts = new ArrayList<>();
      try (Store.Walk walk = Receipts.walk(view, publisher, after)) {
        boolean more = walk.next();
        while (more && receipts.size() < maxReceipts) {
          receipts.add(Receipts.read(Keys.lastNumber(walk.key()), walk.value()));
          more = walk.next();
        }
        boolean end = !more;
        long through = receipts.isEmpty() ? after : receipts.get(receipts.size() - 1).offset();
        return new ReceiptPage(receipts, end ? Math.max(through, newest) : through, end, gap);
      }
    }
  }

  /** What is to be forgotten of a user beside his journal: ids of pushes, keys of receipts. */
  record Traces(List<String> pushes, List<byte[]> receipts) {
    Traces {
      pushes = List.copyOf(pushes);
      receipts = List.copyOf(receipts);
    }
  }

  Traces tracesOf(UserId user) throws IOException {
    JournalId journal = JournalId.of(user);
    List<String> pushes = new ArrayList<>();
    try (Store.View view = store.view()) {
      try (Store.Walk walk = view.walk(Keys.start(Keys.ID), Keys.end(Keys.ID))) {
        while (walk.next()) {
          Tracked push = Tracked.read(Keys.id(walk.key()), walk.value());
          if (push.only != null && push.only.journal().equals(journal)) {
            pushes.add(push.id);
          }
        }
      }
      try (Store.Walk walk = view.walk(Keys.start(Keys.DELIVERY), Keys.end(Keys.DELIVERY))) {
        while (walk.next()) {
          RecordReader key = new RecordReader(walk.key(), 1);
          String id = key.name();
          if (key.name().equals(user.value())) {
            pushes.add(id);
          }
        }
      }
      return new Traces(pushes, Receipts.keysOf(user, view));
    }
  }
}
