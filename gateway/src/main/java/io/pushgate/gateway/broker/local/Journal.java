package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.broker.JournalId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the lane keeps in mind of one journal: its items in the order of their offsets, its counts,
 * and its head. <em>Lane only.</em>
 */
final class Journal {
  private final JournalId id;
  private final byte[] name;
  private final Items items = new Items();
  private final Map<String, Item> newestOfKey = new HashMap<>(0);
  private Head head;
  private boolean headChanged;
  private int held;
  private long bytes;
  private long newest;
  private long previous;

  /** No held item ends before this by its own ttl. */
  private long earliestEnd = Entry.NEVER;

  Journal(JournalId id, byte[] name, Head head) {
    this.id = id;
    this.name = name;
    this.head = head;
    this.newest = head.trimmedThrough();
  }

  JournalId id() {
    return id;
  }

  byte[] name() {
    return name;
  }

  Head head() {
    return head;
  }

  /** Answers whether the head was changed since this was last asked. */
  boolean takeHeadChanged() {
    boolean changed = headChanged;
    headChanged = false;
    return changed;
  }

  /** The offset of the last entry appended, as far as is known. */
  long newest() {
    return newest;
  }

  /**
   * The offset of the last entry that is in mind, 0 for none. Below it a reader has missed
   * something. What is only known of all journals, that some before an offset were swept away, is
   * nothing that anybody missed who was there.
   */
  long previous() {
    return previous;
  }

  /** How many entries are held: those that would be replayed. */
  int held() {
    return held;
  }

  long bytes() {
    return bytes;
  }

  /** How many items are in mind. */
  int size() {
    return items.size();
  }

  /**
   * Takes in what the store held already.
   *
   * @param passedOver the head's, to be looked up fast
   */
  void load(Item item, Set<Long> passedOver) {
    add(item, item.offset() > head.user() || passedOver.contains(item.offset()));
  }

  /** Takes in what is appended now; answers the one of the same collapse key that it replaces. */
  @Nullable Item append(Item item) {
    Item older = item.collapse() == null ? null : newestOfKey.get(item.collapse());
    add(item, true);
    return older;
  }

  private void add(Item item, boolean open) {
    newest = Math.max(newest, item.offset());
    previous = Math.max(previous, item.offset());
    items.add(item, open);
    if (!item.passing()) {
      held++;
      bytes += item.bytes();
      earliestEnd = Math.min(earliestEnd, item.endsMillis());
      if (item.collapse() != null) {
        newestOfKey.put(item.collapse(), item);
      }
    }
  }

  void remove(Item item) {
    items.remove(item);
    if (!item.passing()) {
      held--;
      bytes -= item.bytes();
      if (item.collapse() != null) {
        newestOfKey.remove(item.collapse(), item);
      }
    }
  }

  @Nullable Item item(long offset) {
    return items.get(offset);
  }

  /** All items, the oldest first, as they stand now. */
  List<Item> items() {
    return items.all();
  }

  /** The oldest entry that is held; null for none. */
  @Nullable Item oldest() {
    return items.oldest(item -> !item.passing());
  }

  /** What has ended by its own ttl and is held all the same. */
  List<Item> ended(long nowMillis) {
    if (nowMillis < earliestEnd) {
      return List.of();
    }
    List<Item> ended = new ArrayList<>();
    earliestEnd = Entry.NEVER;
    for (Item item : items.all()) {
      if (item.passing()) {
        continue;
      }
      if (item.ended(nowMillis)) {
        ended.add(item);
      } else {
        earliestEnd = Math.min(earliestEnd, item.endsMillis());
      }
    }
    return ended;
  }

  /** Items from behind one offset up to another, that one too. */
  List<Item> between(long from, long to) {
    return items.between(from, to);
  }

  /** What was not acknowledged of the items up to this offset. */
  List<Item> openUpTo(long offset) {
    return items.openUpTo(offset);
  }

  boolean isOpen(Item item) {
    return items.isOpen(item.offset());
  }

  /** The item was acknowledged; it may be held for long yet. */
  void acknowledged(Item item) {
    items.close(item.offset());
    headChanged |= item.offset() <= head.user();
  }

  void trimmed(long offset) {
    if (offset > head.trimmedThrough()) {
      headChanged = true;
      head = new Head(offset, head.user(), head.everyone(), head.movedMillis(), head.passedOver());
    }
  }

  /** Moves the acknowledged place on, never back, and answers whether it moved. */
  boolean moveTo(long user, long everyone, long nowMillis) {
    if (user <= head.user() && everyone <= head.everyone()) {
      return false;
    }
    headChanged = true;
    head =
        new Head(
            head.trimmedThrough(),
            Math.max(head.user(), user),
            Math.max(head.everyone(), everyone),
            nowMillis,
            head.passedOver());
    return true;
  }

  /** Forgets an acknowledged place that did not move for so long. */
  void forgetOldPlace(long nowMillis, long ageMillis) {
    boolean placed = head.placed();
    head = head.at(nowMillis, ageMillis);
    headChanged |= placed != head.placed();
  }

  /** The head to be stored: what the acknowledged place passed over is listed then. */
  byte[] writeHead(RecordWriter out) {
    List<Long> passedOver = items.openUpTo(head.user()).stream().map(Item::offset).toList();
    head =
        new Head(
            head.trimmedThrough(), head.user(), head.everyone(), head.movedMillis(), passedOver);
    return head.write(out);
  }
}
