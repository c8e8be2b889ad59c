package io.pushgate.gateway.fuzz;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.function.Function;

/** Sees to it that what is done with buffers gives them all back. Any thread. */
public final class Buffers {
  private Buffers() {}

  /** Does something with an allocator of its own, whose counters are then to stand at zero. */
  public static <T> T allBack(Function<ByteBufAllocator, T> action) {
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    T result = action.apply(allocator);
    ByteBufAllocatorMetric metric = allocator.metric();
    long held = metric.usedHeapMemory() + metric.usedDirectMemory();
    if (held != 0) {
      throw new AssertionError(held + " bytes of buffers were not given back");
    }
    return result;
  }
}
