package io.pushgate.bench.fault;

import io.pushgate.bench.server.Vitals;
import java.util.ArrayList;
import java.util.List;

/**
 * Says whether a gateway has given back what a fault took. What was pushed meanwhile stays: an
 * entry of the journals' index and an id a push. Immutable.
 *
 * @param pushes acked between the two looks
 */
record MemoryJudge(long pushes) {
  /** Code that was loaded and tables that have grown to the size of a load. */
  static final long HEAP_BYTES = 8 << 20;

  /** Of one push to some users, its id, its receipts. */
  static final long HEAP_BYTES_A_PUSH = 2_000;

  /** Chunks that the allocator keeps for the next time. */
  static final long DIRECT_BYTES = 16 << 20;

  /** What the healthy have on its way. */
  static final long BUFFERED_BYTES = 1 << 20;

  /** Log files, the store's, and sessions that were away at the first look. */
  static final long DESCRIPTORS = 32;

  List<String> complaints(Vitals before, Vitals after) {
    List<String> complaints = new ArrayList<>();
    long heap = after.heapBytes() - before.heapBytes();
    if (heap > HEAP_BYTES + pushes * HEAP_BYTES_A_PUSH) {
      complaints.add("the heap kept %,d bytes".formatted(heap));
    }
    long direct = after.directBytes() - before.directBytes();
    if (direct > DIRECT_BYTES) {
      complaints.add("the allocator kept %,d bytes".formatted(direct));
    }
    long buffered = after.bufferedBytes() - before.bufferedBytes();
    if (buffered > BUFFERED_BYTES) {
      complaints.add("buffers kept %,d bytes".formatted(buffered));
    }
    long descriptors = after.descriptors() - before.descriptors();
    if (descriptors > DESCRIPTORS) {
      complaints.add("%,d descriptors stayed open".formatted(descriptors));
    }
    return complaints;
  }
}
