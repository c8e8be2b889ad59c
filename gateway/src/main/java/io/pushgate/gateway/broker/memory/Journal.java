package io.pushgate.gateway.broker.memory;

import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.broker.Page;
import io.pushgate.gateway.config.JournalConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One journal: a ring of entries in the order of their offsets, bounded by count, bytes and age,
 * and the user's acknowledged place. <em>Its lane only.</em>
 */
final class Journal {
  private static final int FIRST_SLOTS = 8;

  /** What an entry takes beside its data: itself, its id and type, its slot. */
  private static final int ENTRY_OVERHEAD = 256;

  private final JournalConfig bounds;
  private long[] offsets = new long[FIRST_SLOTS];
  private @Nullable Entry[] entries = new @Nullable Entry[FIRST_SLOTS];
  private int head;
  private int slots;
  private int held;
  private long bytes;
  private long earliestExpiry = Entry.NEVER;
  private long newest;
  private long trimmedThrough;
  private @Nullable Map<String, Long> newestOfKey;
  private final Acknowledged acknowledged = new Acknowledged();

  /**
   * @param trimmedThrough what an earlier journal of the same name may have held up to this offset
   *     is gone
   */
  Journal(JournalConfig bounds, long trimmedThrough) {
    this.bounds = bounds;
    this.trimmedThrough = trimmedThrough;
  }

  /** The offset of the last entry appended, held or not; 0 where there was none. */
  long newest() {
    return newest;
  }

  /** Something up to this offset was dropped by a bound. */
  long trimmedThrough() {
    return trimmedThrough;
  }

  /** About how much heap the entries take, the smallest ones too. */
  long memory() {
    return bytes + (long) held * ENTRY_OVERHEAD;
  }

  Acknowledged acknowledged() {
    return acknowledged;
  }

  boolean empty() {
    return held == 0;
  }

  /** An entry takes its place without being held: a ttl of 0. */
  void pass(Entry entry) {
    newest = entry.offset();
  }

  void append(Entry entry) {
    newest = entry.offset();
    if (entry.collapse() != null) {
      collapse(entry.collapse(), entry.offset());
    }
    if (slots == offsets.length) {
      makeRoom();
    }
    int slot = slot(slots);
    offsets[slot] = entry.offset();
    entries[slot] = entry;
    slots++;
    held++;
    bytes += entry.data().length();
    earliestExpiry = Math.min(earliestExpiry, entry.expiresMillis());
    trim(entry.timestampMillis());
  }

  private void collapse(String key, long offset) {
    if (newestOfKey == null) {
      newestOfKey = new HashMap<>();
    }
    Long older = newestOfKey.put(key, offset);
    if (older != null) {
      int index = firstAfter(older - 1);
      if (index < slots && offsets[slot(index)] == older) {
        remove(slot(index));
      }
    }
  }

  /** Drops the oldest entries until every bound holds. */
  void trim(long nowMillis) {
    boolean over = held > bounds.count() || bytes > bounds.bytes();
    if (over && nowMillis >= earliestExpiry) {
      removeExpired(nowMillis);
    }
    long oldestKept = nowMillis - bounds.age().toMillis();
    while (slots > 0) {
      Entry oldest = entries[head];
      if (oldest != null) {
        if (held <= bounds.count()
            && bytes <= bounds.bytes()
            && oldest.timestampMillis() > oldestKept) {
          return;
        }
        if (!oldest.expired(nowMillis)) {
          trimmedThrough = oldest.offset();
        }
        remove(head);
      }
      head = (head + 1) & (offsets.length - 1);
      slots--;
    }
  }

  /** What ended by its own ttl must not push out what is still wanted. */
  private void removeExpired(long nowMillis) {
    long earliest = Entry.NEVER;
    for (int index = 0; index < slots; index++) {
      Entry entry = entries[slot(index)];
      if (entry != null && entry.expired(nowMillis)) {
        remove(slot(index));
      } else if (entry != null) {
        earliest = Math.min(earliest, entry.expiresMillis());
      }
    }
    earliestExpiry = earliest;
  }

  private void remove(int slot) {
    Entry entry = entries[slot];
    if (entry == null) {
      return;
    }
    entries[slot] = null;
    held--;
    bytes -= entry.data().length();
    if (entry.collapse() != null && newestOfKey != null) {
      newestOfKey.remove(entry.collapse(), entry.offset());
    }
  }

  /**
   * Reads what follows {@code after}; at least one entry where one is held.
   *
   * @param newestOffset the newest of the whole store, in this journal's lane: what this journal
   *     gets from now on lies behind it
   */
  Page read(long after, int maxEntries, int maxBytes, long nowMillis, long newestOffset) {
    List<Entry> page = new ArrayList<>();
    long size = 0;
    long through = after;
    for (int index = firstAfter(after); index < slots; index++) {
      Entry entry = entries[slot(index)];
      if (entry == null || entry.expired(nowMillis)) {
        continue;
      }
      size += entry.data().length();
      if (page.size() == maxEntries || (size > maxBytes && !page.isEmpty())) {
        return new Page(page, through, false, after < trimmedThrough);
      }
      page.add(entry);
      through = entry.offset();
    }
    return new Page(page, Math.max(after, newestOffset), true, after < trimmedThrough);
  }

  /** The index of the first slot whose offset is greater, or the number of slots. */
  private int firstAfter(long offset) {
    int low = 0;
    int high = slots;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (offsets[slot(middle)] > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int slot(int index) {
    return (head + index) & (offsets.length - 1);
  }

  /** Closes the holes that collapsed entries left, or doubles the ring where there are few. */
  private void makeRoom() {
    int size = held > slots / 2 ? offsets.length * 2 : offsets.length;
    long[] newOffsets = new long[size];
    @Nullable Entry[] newEntries = new @Nullable Entry[size];
    int kept = 0;
    for (int index = 0; index < slots; index++) {
      Entry entry = entries[slot(index)];
      if (entry != null) {
        newOffsets[kept] = entry.offset();
        newEntries[kept++] = entry;
      }
    }
    offsets = newOffsets;
    entries = newEntries;
    head = 0;
    slots = kept;
  }
}
