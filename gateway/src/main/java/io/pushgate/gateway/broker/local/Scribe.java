package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.config.BrokerConfig;
import io.pushgate.protocol.UserId;
import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that writes to the store, and the turns it writes in. <em>Lane only.</em>
 *
 * <p>What a turn changes is in mind at once and in the store at its end. Where it can't be stored,
 * all that was in mind is forgotten and read again: the store alone knows how things stand.
 */
final class Scribe {
  private static final Logger log = LoggerFactory.getLogger(Scribe.class);

  private final Store store;
  private final Turn turn;
  private final Meta meta;
  private final Register register;
  private final Journals journals;
  private final DedupeWindow window;
  private final Receipts receipts;
  private final Endings endings;
  private final Entries entries;
  private final Pushes pushes;
  private final Acks acks;
  private final boolean syncs;
  private final long ageMillis;
  private boolean stale;
  private volatile boolean unsynced;

  /** Something for the lane to do. */
  interface Task {
    void run(Scribe scribe) throws IOException;
  }

  Scribe(BrokerConfig config, Store store, boolean syncs, Supplier<Broker.Listener> listener)
      throws IOException {
    long dedupeMillis = config.dedupeAge().toMillis();
    this.store = store;
    this.syncs = syncs;
    this.ageMillis = config.journal().age().toMillis();
    turn = new Turn(store);
    meta = Meta.open(store, turn);
    register = new Register(store, turn);
    journals = new Journals(store, turn, meta, new Cursors(meta.epoch()), config.journal());
    window = new DedupeWindow(store, turn, dedupeMillis);
    receipts = new Receipts(store, turn, meta, config.receiptCount(), listener);
    endings = new Endings(register, receipts, dedupeMillis);
    entries = new Entries(turn, meta, journals, endings, config.journal(), listener);
    pushes = new Pushes(config, turn, register, window, entries, listener);
    acks = new Acks(turn, entries, endings, listener);
    window.load();
    receipts.load();
  }

  Meta meta() {
    return meta;
  }

  Journals journals() {
    return journals;
  }

  Turn turn() {
    return turn;
  }

  Pushes pushes() {
    return pushes;
  }

  Acks acks() {
    return acks;
  }

  /** Does one thing of this turn; where that fails, so does the whole turn. */
  void run(Task task) {
    try {
      if (stale) {
        reload();
      }
      task.run(this);
    } catch (IOException e) {
      turn.fail(e);
    } catch (RuntimeException | Error e) {
      log.error("the journals could not do what they were asked", e);
      turn.fail(new IOException("the journals could not do what they were asked", e));
    }
  }

  private void reload() throws IOException {
    meta.reload(store);
    window.load();
    receipts.load();
    stale = false;
  }

  /** What was written though the store could not say so is known before it is read by anybody. */
  private void reloadNow() {
    try {
      reload();
    } catch (IOException e) {
      log.warn("the journals could not be read: {}", e.getMessage());
    }
  }

  /** Stores what was done since the last turn, and tells whom it concerns. */
  void endTurn() {
    if (turn.isEmpty()) {
      return;
    }
    flush();
    IOException failure = turn.commit();
    if (failure == null) {
      unsynced = true;
      register.clear();
      journals.settle();
      window.settle();
      receipts.settle();
      meta.settle();
    } else {
      log.warn("the journals could not be written: {}", failure.getMessage());
      register.clear();
      journals.clear();
      stale = true;
      reloadNow();
    }
    turn.tell();
  }

  /** The same where the turn has gathered much already. */
  void endLargeTurn() {
    if (turn.isLarge() || journals.isLarge()) {
      endTurn();
    }
  }

  private void flush() {
    register.flush();
    journals.flush();
    window.flush();
    receipts.flush();
    if (turn.writes()) {
      meta.flush();
      if (syncs) {
        turn.sync();
      }
    }
  }

  /** Whether something was written since this was last asked. <em>Any thread.</em> */
  boolean takeUnsynced() {
    boolean written = unsynced;
    unsynced = false;
    return written;
  }

  /** Does what a sweep found to do, as far as it still is so. */
  void sweep(Sweeps.Found found, long nowMillis) throws IOException {
    for (Sweeps.Due due : found.dues()) {
      Journal journal = journals.get(due.journal(), nowMillis);
      entries.due(journal, due.millis(), due.offset(), nowMillis);
    }
    for (JournalId aged : found.aged()) {
      entries.trim(journals.get(aged, nowMillis), nowMillis);
    }
    for (JournalId empty : found.empty()) {
      Journal journal = journals.get(empty, nowMillis);
      if (journal.size() == 0 && !journal.head().placed()) {
        meta.raiseFloor(journal.head().trimmedThrough());
        journals.drop(journal);
      }
    }
    for (String id : found.over()) {
      endings.forgetIfOver(id, nowMillis);
    }
    receipts.dropOlderThan(nowMillis - ageMillis, Sweeps.DUES);
    window.count(nowMillis);
  }

  /** Forgets a user, and what was found of him in pushes and receipts. */
  void forget(UserId user, Reads.Traces traces, long nowMillis) throws IOException {
    Journal journal = journals.get(JournalId.of(user), nowMillis);
    for (Item item : journal.items()) {
      endings.forgotten(item, user, nowMillis);
      entries.forget(journal, item);
    }
    journals.forget(journal);
    endings.forget(user, traces.pushes());
    receipts.forget(traces.receipts());
  }

  /** Leaves the store so that the next process knows that nothing is missing. */
  void close() {
    meta.close();
  }
}
