package io.pushgate.gateway.broker.disk;

import io.pushgate.gateway.broker.local.Store;
import java.io.IOException;
import java.util.List;

/**
 * Entries written in order, in batches whose sizes follow from where they begin. So what is found
 * afterwards tells whether it is a beginning of what was written, and made of whole batches.
 */
final class Batches {
  private Batches() {}

  /** Where the batch ends that begins with this entry. */
  static long next(long begin) {
    return begin + 1 + begin * 7 % 13;
  }

  /** Writes one batch and returns where the next one begins. */
  static long write(Store store, long begin, int length, boolean sync) throws IOException {
    Records.write(store, begin, next(begin), length, sync);
    return next(begin);
  }

  /** Reads all and returns how much it is; fails where it is no beginning, or half a batch. */
  static long read(Store store) throws IOException {
    List<Long> found = Records.read(store);
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) != i) {
        throw new AssertionError("entry " + i + " is missing, and " + found.get(i) + " is there");
      }
    }
    long end = 0;
    while (end < found.size()) {
      end = next(end);
    }
    if (end != found.size()) {
      throw new AssertionError("half a batch: " + found.size() + " entries of " + end);
    }
    return end;
  }
}
