package io.pushgate.gateway.broker.memory;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.config.JournalConfig;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The journals of one lane. <em>Its lane only</em>, but for what says otherwise. */
final class Shard {
  private final Executor lane;
  private final JournalConfig bounds;
  private final LongSupplier nextOffset;
  private final AtomicLong heldBytes;
  private final Map<JournalId, Journal> journals = new HashMap<>();
  private long forgottenThrough;
  private volatile int count;

  /**
   * @param nextOffset one count for the whole store
   * @param heldBytes bytes of heap held by the entries of all shards
   */
  Shard(Executor lane, JournalConfig bounds, LongSupplier nextOffset, AtomicLong heldBytes) {
    this.lane = lane;
    this.bounds = bounds;
    this.nextOffset = nextOffset;
    this.heldBytes = heldBytes;
  }

  Executor lane() {
    return lane;
  }

  /** How many journals are kept. <em>Any thread.</em> */
  int count() {
    return count;
  }

  /** The journal of this name as it stands now; one that nothing was appended to is not kept. */
  Journal journal(JournalId id, long nowMillis) {
    Journal known = journals.get(id);
    if (known == null) {
      return new Journal(bounds, forgottenThrough);
    }
    trim(known, nowMillis);
    return known;
  }

  private void trim(Journal journal, long nowMillis) {
    long before = journal.memory();
    journal.trim(nowMillis);
    heldBytes.addAndGet(journal.memory() - before);
    journal.acknowledged().forgetAfter(bounds.age().toMillis(), nowMillis);
  }

  /** The journal of this name, kept from now on. */
  Journal keep(JournalId id) {
    Journal journal = journals.computeIfAbsent(id, name -> new Journal(bounds, forgottenThrough));
    count = journals.size();
    return journal;
  }

  /** Gives the push its place in this journal, and tells the listener in that order. */
  void append(JournalId id, Delivery delivery, Broker.Listener listener) {
    Journal journal = keep(id);
    Entry entry = delivery.entry(nextOffset.getAsLong(), journal.newest());
    if (delivery.push().ttlSeconds() == 0) {
      journal.pass(entry);
    } else {
      long before = journal.memory();
      journal.append(entry);
      heldBytes.addAndGet(journal.memory() - before);
    }
    listener.appended(id, entry);
  }

  /** Applies the bounds to journals that nobody touches, and forgets those that hold nothing. */
  void sweep(long nowMillis) {
    Iterator<Journal> all = journals.values().iterator();
    while (all.hasNext()) {
      Journal journal = all.next();
      trim(journal, nowMillis);
      if (journal.empty() && journal.acknowledged().none()) {
        forgottenThrough = Math.max(forgottenThrough, journal.trimmedThrough());
        all.remove();
      }
    }
    count = journals.size();
  }
}
