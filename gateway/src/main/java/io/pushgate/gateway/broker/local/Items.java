package io.pushgate.gateway.broker.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Items in the order of their offsets, each of which is open until it was acknowledged. New ones
 * come at the end and most go from the front, so it is two arrays with holes, not a tree. <em>Lane
 * only.</em>
 */
final class Items {
  private static final int FIRST_SLOTS = 4;

  /** Ascending from {@code head} to {@code tail}, also where the item is gone. */
  private long[] offsets = new long[FIRST_SLOTS];

  private @Nullable Item[] slots = new @Nullable Item[FIRST_SLOTS];
  private boolean[] open = new boolean[FIRST_SLOTS];
  private int head;
  private int tail;
  private int size;

  /** No slot before this one is open. */
  private int openFrom;

  int size() {
    return size;
  }

  /** Adds one whose offset is greater than all before it. */
  void add(Item item, boolean isOpen) {
    if (tail == slots.length) {
      makeRoom();
    }
    offsets[tail] = item.offset();
    slots[tail] = item;
    open[tail] = isOpen;
    tail++;
    size++;
  }

  void remove(Item item) {
    int slot = slot(item.offset());
    if (slot >= 0 && slots[slot] != null) {
      slots[slot] = null;
      open[slot] = false;
      size--;
    }
    while (head < tail && slots[head] == null) {
      head++;
    }
  }

  @Nullable Item get(long offset) {
    int slot = slot(offset);
    return slot < 0 ? null : slots[slot];
  }

  boolean isOpen(long offset) {
    int slot = slot(offset);
    return slot >= 0 && open[slot];
  }

  void close(long offset) {
    int slot = slot(offset);
    if (slot >= 0) {
      open[slot] = false;
    }
  }

  /** Those that are open, up to this offset. */
  List<Item> openUpTo(long offset) {
    List<Item> found = new ArrayList<>(0);
    int slot = Math.max(head, openFrom);
    while (slot < tail && !open[slot]) {
      slot++;
    }
    openFrom = slot;
    for (; slot < tail && offsets[slot] <= offset; slot++) {
      Item item = slots[slot];
      if (open[slot] && item != null) {
        found.add(item);
      }
    }
    return found;
  }

  /** Those behind one offset, up to another and with that one. */
  List<Item> between(long from, long to) {
    List<Item> found = new ArrayList<>(0);
    for (int slot = firstBehind(from); slot < tail && offsets[slot] <= to; slot++) {
      Item item = slots[slot];
      if (item != null) {
        found.add(item);
      }
    }
    return found;
  }

  /** The oldest of this kind; null for none. */
  @Nullable Item oldest(Predicate<Item> kind) {
    for (int slot = head; slot < tail; slot++) {
      Item item = slots[slot];
      if (item != null && kind.test(item)) {
        return item;
      }
    }
    return null;
  }

  List<Item> all() {
    return between(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private int slot(long offset) {
    int slot = Arrays.binarySearch(offsets, head, tail, offset);
    return slot < 0 ? -1 : slot;
  }

  private int firstBehind(long offset) {
    int slot = Arrays.binarySearch(offsets, head, tail, offset);
    return slot < 0 ? -slot - 1 : slot + 1;
  }

  /** Closes the holes, or doubles the arrays where there are few. */
  private void makeRoom() {
    int length = size > slots.length / 2 ? 2 * slots.length : slots.length;
    long[] newOffsets = new long[length];
    @Nullable Item[] newSlots = new @Nullable Item[length];
    boolean[] newOpen = new boolean[length];
    int kept = 0;
    for (int slot = head; slot < tail; slot++) {
      if (slots[slot] != null) {
        newOffsets[kept] = offsets[slot];
        newSlots[kept] = slots[slot];
        newOpen[kept] = open[slot];
        kept++;
      }
    }
    offsets = newOffsets;
    slots = newSlots;
    open = newOpen;
    head = 0;
    tail = kept;
    openFrom = 0;
  }
}
