package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.config.JournalConfig;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * The journals that the lane has in mind: those it touched last. Others are read from the store
 * when they are touched. <em>Lane only.</em>
 */
final class Journals {
  /** About what a journal takes in mind beside its items, in items. */
  private static final int JOURNAL_WEIGHT = 4;

  /** Bytes of heap that an item takes, about. */
  private static final int ITEM_BYTES = 256;

  private final Store store;
  private final Turn turn;
  private final Meta meta;
  private final Cursors cursors;
  private final JournalConfig bounds;
  private final Map<JournalId, Journal> known = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<Journal> touched = new LinkedHashSet<>();
  private final long maxWeight = Runtime.getRuntime().maxMemory() / 8 / ITEM_BYTES;

  /** Of those that this turn did not touch. */
  private long weight;

  /** Of those that it did, as they were when it touched them first. */
  private long touchedWeight;

  private final LongAdder entriesLoaded = new LongAdder();

  Journals(Store store, Turn turn, Meta meta, Cursors cursors, JournalConfig bounds) {
    this.store = store;
    this.turn = turn;
    this.meta = meta;
    this.cursors = cursors;
    this.bounds = bounds;
  }

  /** The journal of this name; its head and counts are stored at the end of the turn. */
  Journal get(JournalId id, long nowMillis) throws IOException {
    Journal journal = known.get(id);
    if (journal == null) {
      journal = load(id);
      known.put(id, journal);
      weight += weightOf(journal);
    }
    if (touched.add(journal)) {
      weight -= weightOf(journal); // Counted again when the turn ends.
      touchedWeight += weightOf(journal);
      journal.forgetOldPlace(nowMillis, bounds.age().toMillis());
    }
    return journal;
  }

  private Journal load(JournalId id) throws IOException {
    byte[] name = Keys.name(id);
    try (Store.View view = store.view()) {
      Journal journal = new Journal(id, name, head(view, name, cursors.prefix(id), meta));
      Set<Long> passedOver = new HashSet<>(journal.head().passedOver());
      try (Store.Walk walk = view.walk(Keys.of(Keys.ENTRY, name), Keys.behind(Keys.ENTRY, name))) {
        while (walk.next()) {
          Item item = Item.of(Stored.read(Keys.lastNumber(walk.key()), walk.value()));
          journal.load(item, passedOver);
        }
      }
      entriesLoaded.add(journal.size());
      return journal;
    }
  }

  /**
   * How many entries were read from the store to have their journal in mind. <em>Any thread.</em>
   */
  long entriesLoaded() {
    return entriesLoaded.sum();
  }

  /** Puts the changed heads into the batch. */
  void flush() {
    for (Journal journal : touched) {
      if (journal.takeHeadChanged()) {
        turn.put(Keys.of(Keys.HEAD, journal.name()), journal.writeHead(turn.records()));
      }
    }
  }

  /** The turn ended well: what was touched longest ago may be put out of mind. */
  void settle() {
    for (Journal journal : touched) {
      if (known.get(journal.id()) == journal) {
        weight += weightOf(journal);
      }
    }
    untouched();
    Iterator<Journal> oldest = known.values().iterator();
    while (weight > maxWeight && oldest.hasNext()) {
      weight -= weightOf(oldest.next());
      oldest.remove();
    }
  }

  /**
   * The head of a journal. One that has none may have held something before it was swept away or
   * its user was forgotten, but nothing that lies in front of what it holds by now.
   */
  static Head head(Store.View view, byte[] name, byte[] prefix, Meta meta) throws IOException {
    byte[] head = view.get(Keys.of(Keys.HEAD, name));
    if (head != null) {
      return Head.read(head);
    }
    byte[] forgotten = view.get(Keys.of(Keys.FORGOTTEN, prefix));
    long through = forgotten == null ? 0 : new RecordReader(forgotten).fixed();
    through = Math.max(through, meta.floor());
    try (Store.Walk walk = view.walk(Keys.of(Keys.ENTRY, name), Keys.behind(Keys.ENTRY, name))) {
      return Head.empty(walk.next() ? Math.min(through, Keys.lastNumber(walk.key()) - 1) : through);
    }
  }

  private byte[] forgotten(JournalId id) {
    return Keys.of(Keys.FORGOTTEN, cursors.prefix(id));
  }

  /** Nothing is left of this journal: what comes next begins a new one. */
  void drop(Journal journal) {
    turn.delete(Keys.of(Keys.HEAD, journal.name()));
    begin(journal, Head.empty(meta.floor()));
  }

  /**
   * The same of a journal whose user is forgotten: only a fingerprint tells that a cursor from
   * before has lost what lay behind it.
   */
  void forget(Journal journal) {
    turn.delete(Keys.of(Keys.HEAD, journal.name()));
    long through = journal.newest();
    turn.put(forgotten(journal.id()), turn.records().fixed(through).take());
    begin(journal, Head.empty(through));
  }

  private void begin(Journal journal, Head head) {
    Journal fresh = new Journal(journal.id(), journal.name(), head);
    known.put(journal.id(), fresh);
    touched.remove(journal);
    touched.add(fresh);
  }

  /** The turn failed: only the store knows how things stand. */
  void clear() {
    known.clear();
    untouched();
    weight = 0;
  }

  /** Whether the turn has so many in mind that it is better ended. */
  boolean isLarge() {
    return touchedWeight > maxWeight;
  }

  private void untouched() {
    touched.clear();
    touchedWeight = 0;
  }

  private static int weightOf(Journal journal) {
    return JOURNAL_WEIGHT + journal.size();
  }
}
