package io.pushgate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * One buffer a loop into which all its bare descriptors are read, since what was read is used
 * before the next read. It goes with its thread. <em>Event loops only.</em>
 */
final class ReadBuffer extends FastThreadLocal<ByteBuf> {
  private static final int BYTES = 64 * 1024;

  @Override
  protected ByteBuf initialValue() {
    return UnpooledByteBufAllocator.DEFAULT.directBuffer(BYTES, BYTES);
  }

  @Override
  protected void onRemoval(ByteBuf buffer) {
    buffer.release();
  }
}
