package io.pushgate.bench.crash;

import io.pushgate.bench.crash.Violation.Promise;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The cursors of one journal, as all its readers were told them: each belongs to one push, and a
 * push has one. Holds 64 bits of each cursor, of which a run of a million takes two for the same
 * once in some ten million runs. Any thread.
 */
final class Places {
  private static final int NOBODY = -1;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final String journal;
  private final Script script;
  private final Violations violations;
  private final BitSet known = new BitSet();
  private final BitSet acknowledged = new BitSet();
  private long[] cursors = new long[1024];
  private int[] numbers = new int[1024];
  private int size;

  Places(String journal, Script script, Violations violations) {
    this.journal = journal;
    this.script = script;
    this.violations = violations;
    Arrays.fill(numbers, NOBODY);
  }

  /** Some reader was told that this cursor is that of this push. */
  synchronized void told(String cursor, int number) {
    long hash = hash(cursor);
    int slot = slot(hash);
    if (numbers[slot] == NOBODY) {
      if (known.get(number)) {
        wrong(number, "has another cursor, too: " + cursor);
      }
      known.set(number);
      cursors[slot] = hash;
      numbers[slot] = number;
      size++;
      if (2 * size > numbers.length) {
        grow();
      }
    } else if (numbers[slot] != number) {
      wrong(number, "came with cursor %s of %s".formatted(cursor, script.id(numbers[slot])));
    }
  }

  /** Whether any reader was told of this push. */
  synchronized boolean knows(int number) {
    return known.get(number);
  }

  /** A reader is about to acknowledge this push, and what lies before. */
  synchronized void acknowledging(int number) {
    acknowledged.set(number);
  }

  synchronized boolean wasAcknowledged(int number) {
    return acknowledged.get(number);
  }

  private void wrong(int number, String detail) {
    violations.add(Promise.PLACE, journal, script.id(number), detail);
  }

  private int slot(long hash) {
    int slot = (int) (hash ^ hash >>> 32) & numbers.length - 1;
    while (numbers[slot] != NOBODY && cursors[slot] != hash) {
      slot = slot + 1 & numbers.length - 1;
    }
    return slot;
  }

  private void grow() {
    long[] oldCursors = cursors;
    int[] oldNumbers = numbers;
    cursors = new long[2 * oldCursors.length];
    numbers = new int[2 * oldNumbers.length];
    Arrays.fill(numbers, NOBODY);
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldNumbers[i] != NOBODY) {
        int slot = slot(oldCursors[i]);
        cursors[slot] = oldCursors[i];
        numbers[slot] = oldNumbers[i];
      }
    }
  }

  private static long hash(String cursor) {
    long hash = FNV_OFFSET;
    for (byte b : cursor.getBytes(StandardCharsets.US_ASCII)) {
      hash = (hash ^ b & 0xff) * FNV_PRIME;
    }
    return hash ^ hash >>> 29;
  }
}
