package io.pushgate.bench.crash;

import java.util.Arrays;

/** Numbers in the order in which they came. One thread at a time. */
final class Numbers {
  private int[] values = new int[256];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  int get(int index) {
    return values[index];
  }

  /** Looked for from the end, which is where replays begin; negative where it is not there. */
  int lastIndexOf(int value) {
    for (int i = size - 1; i >= 0; i--) {
      if (values[i] == value) {
        return i;
      }
    }
    return -1;
  }

  /** The first index at which the two differ; negative where they are equal. */
  int mismatch(Numbers other) {
    return Arrays.mismatch(values, 0, size, other.values, 0, other.size);
  }
}
