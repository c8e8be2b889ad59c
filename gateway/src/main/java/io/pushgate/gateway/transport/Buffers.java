package io.pushgate.gateway.transport;

import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

/**
 * What is in use of network buffers. All connections and sessions take theirs from one allocator,
 * the pooled one, since that knows what is in use, and not only what it took from the system and
 * keeps. Any thread.
 */
public final class Buffers {
  static final PooledByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;

  private Buffers() {}

  /**
   * Bytes in use, in the sizes in which they are handed out. Adds up a counter of each chunk of
   * memory, a few microseconds for a gigabyte. What is unpooled and lies in the heap is left to the
   * collector, mostly unreleased, so that its count only rises: it is none of these.
   */
  public static long inUse() {
    ByteBufAllocatorMetric unpooled = UnpooledByteBufAllocator.DEFAULT.metric();
    return ALLOCATOR.pinnedDirectMemory()
        + ALLOCATOR.pinnedHeapMemory()
        + unpooled.usedDirectMemory();
  }

  /** What was taken from the system. */
  public static ByteBufAllocatorMetric taken() {
    return ALLOCATOR.metric();
  }
}
