package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.broker.JournalId;
import java.io.IOException;
import java.util.List;

/**
 * Reads one journal in a view, without what ended meanwhile though it is still there. <em>Its
 * caller only.</em>
 */
final class JournalReading {
  private final Store.View view;
  private final byte[] name;
  private final long nowMillis;
  private final long agedMillis;
  private long agedThrough;

  JournalReading(Store.View view, JournalId journal, long nowMillis, long ageMillis) {
    this.view = view;
    this.name = Keys.name(journal);
    this.nowMillis = nowMillis;
    this.agedMillis = nowMillis - ageMillis;
  }

  /** Whether something that was read had become too old. */
  boolean aged() {
    return agedThrough > 0;
  }

  /** The offset of the last such entry, 0 for none. */
  long agedThrough() {
    return agedThrough;
  }

  /** Whether there is an entry to replay behind an offset. */
  boolean holdsBehind(long after) throws IOException {
    try (Store.Walk walk = walk(after)) {
      while (walk.next()) {
        if (isHeld(Stored.read(Keys.lastNumber(walk.key()), walk.value()))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Adds what follows an offset, at least one entry; answers whether that was all. */
  boolean read(long after, int maxEntries, int maxBytes, List<Entry> entries) throws IOException {
    long bytes = 0;
    try (Store.Walk walk = walk(after)) {
      while (walk.next()) {
        Stored stored = Stored.read(Keys.lastNumber(walk.key()), walk.value());
        if (!isHeld(stored)) {
          continue;
        }
        bytes += stored.entry().data().length();
        if (entries.size() == maxEntries || (bytes > maxBytes && !entries.isEmpty())) {
          return false;
        }
        entries.add(stored.entry());
      }
    }
    return true;
  }

  private Store.Walk walk(long after) throws IOException {
    return view.walk(Keys.of(Keys.ENTRY, name, after + 1), Keys.behind(Keys.ENTRY, name));
  }

  private boolean isHeld(Stored stored) {
    if (stored.passing() || stored.entry().expired(nowMillis)) {
      return false;
    }
    boolean old = stored.takenMillis() <= agedMillis;
    if (old) {
      agedThrough = stored.entry().offset();
    }
    return !old;
  }
}
