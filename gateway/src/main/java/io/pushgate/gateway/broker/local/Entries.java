package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Publication;
import io.pushgate.gateway.config.JournalConfig;
import io.pushgate.protocol.ingress.DeliveryState;
import io.pushgate.protocol.ingress.IngressRequest.Push;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Puts entries into journals and takes them out: by collapse, by the bounds, at their end, by
 * recall. <em>Lane only.</em>
 */
final class Entries {
  /** How long what is not held may still be acknowledged. */
  static final long PASSING_MILLIS = 30_000;

  private static final byte[] NOTHING = {};

  private final Turn turn;
  private final Meta meta;
  private final Journals journals;
  private final Endings endings;
  private final JournalConfig bounds;
  private final long ageMillis;
  private final Supplier<Broker.Listener> listener;

  Entries(
      Turn turn,
      Meta meta,
      Journals journals,
      Endings endings,
      JournalConfig bounds,
      Supplier<Broker.Listener> listener) {
    this.turn = turn;
    this.meta = meta;
    this.journals = journals;
    this.endings = endings;
    this.bounds = bounds;
    this.ageMillis = bounds.age().toMillis();
    this.listener = listener;
  }

  Journal journal(JournalId id, long nowMillis) throws IOException {
    return journals.get(id, nowMillis);
  }

  /** Appends a push to one of its journals. */
  void append(JournalId id, Tracked tracked, Publication publication, long nowMillis)
      throws IOException {
    Journal journal = journals.get(id, nowMillis);
    Push push = publication.push();
    boolean passing = push.ttlSeconds() == 0;
    long expires = push.ttlSeconds() < 0 ? Entry.NEVER : nowMillis + push.ttlSeconds() * 1000L;
    Entry entry =
        new Entry(
            meta.next(),
            journal.previous(),
            Entry.Kind.NOTIFICATION,
            tracked.id,
            push.type(),
            publication.receivedMillis(),
            expires,
            passing ? null : push.collapse(),
            push.data());
    long ends = passing ? nowMillis + PASSING_MILLIS : expires;
    Stored stored = new Stored(entry, passing, nowMillis, ends, publication.receiptTo());
    Item item = Item.of(stored);
    endings.begins(tracked, journal, item);
    append(journal, stored, item, nowMillis);
  }

  private void append(Journal journal, Stored stored, Item item, long nowMillis)
      throws IOException {
    if (journal.held() == 0 && !item.passing()) {
      meta.journals(1);
    }
    turn.put(key(journal, item), stored.write(turn.records()));
    if (item.hasDue()) {
      turn.put(due(journal, item), NOTHING);
    }
    Item collapsed = journal.append(item);
    if (collapsed != null) {
      remove(journal, collapsed, DeliveryState.TRIMMED, nowMillis);
    }
    trim(journal, nowMillis);
    Entry entry = stored.entry();
    turn.then(() -> listener.get().appended(journal.id(), entry), failure -> {});
  }

  /** Drops the oldest entries until every bound holds. */
  void trim(Journal journal, long nowMillis) throws IOException {
    if (isOver(journal)) {
      // What ended by its own ttl must not push out what is still wanted.
      for (Item ended : journal.ended(nowMillis)) {
        remove(journal, ended, DeliveryState.EXPIRED, nowMillis);
      }
    }
    Item oldest = journal.oldest();
    while (oldest != null && (isOver(journal) || isAged(oldest, nowMillis))) {
      drop(journal, oldest, nowMillis);
      oldest = journal.oldest();
    }
  }

  private boolean isAged(Item item, long nowMillis) {
    return item.takenMillis() <= nowMillis - ageMillis;
  }

  private boolean isOver(Journal journal) {
    return journal.held() > bounds.count() || journal.bytes() > bounds.bytes();
  }

  private void drop(Journal journal, Item item, long nowMillis) throws IOException {
    if (item.ended(nowMillis)) {
      remove(journal, item, DeliveryState.EXPIRED, nowMillis);
    } else {
      journal.trimmed(item.offset());
      remove(journal, item, DeliveryState.TRIMMED, nowMillis);
    }
  }

  /** An entry's end is due. */
  void due(Journal journal, long dueMillis, long offset, long nowMillis) throws IOException {
    turn.delete(Keys.due(dueMillis, journal.name(), offset));
    Item item = journal.item(offset);
    if (item == null) {
      return;
    }
    if (item.ended(nowMillis)) {
      remove(journal, item, DeliveryState.EXPIRED, nowMillis);
    } else {
      trim(journal, nowMillis);
      if (journal.item(offset) != null) {
        turn.put(due(journal, item), NOTHING); // The journals' age was made longer since.
      }
    }
  }

  /** Takes an entry back and puts its recall into the journal; answers whether it was held. */
  boolean recall(Journal journal, long offset, long wallMillis, long nowMillis) throws IOException {
    Item item = journal.item(offset);
    if (item == null || item.passing() || nowMillis >= item.dueMillis(ageMillis)) {
      return false;
    }
    remove(journal, item, DeliveryState.RECALLED, nowMillis);
    Stored recall =
        Stored.recall(meta.next(), journal.previous(), item.id(), wallMillis, nowMillis);
    append(journal, recall, Item.of(recall), nowMillis);
    return true;
  }

  private void remove(Journal journal, Item item, DeliveryState state, long nowMillis)
      throws IOException {
    endings.left(journal, item, state, nowMillis);
    forget(journal, item);
  }

  /** Takes an entry out and tells nobody. */
  void forget(Journal journal, Item item) {
    journal.remove(item);
    turn.delete(key(journal, item));
    if (item.hasDue()) {
      turn.delete(due(journal, item));
    }
    if (journal.held() == 0 && !item.passing()) {
      meta.journals(-1);
    }
  }

  /** The user acknowledged: what was sent to him up to here has ended well. */
  void acknowledge(Journal journal, List<Item> sent, long nowMillis) throws IOException {
    for (Item item : sent) {
      endings.acknowledged(journal, item, nowMillis);
      if (item.passing()) {
        forget(journal, item);
      }
    }
  }

  private static byte[] key(Journal journal, Item item) {
    return Keys.of(Keys.ENTRY, journal.name(), item.offset());
  }

  private byte[] due(Journal journal, Item item) {
    return Keys.due(item.dueMillis(ageMillis), journal.name(), item.offset());
  }
}
