package io.pushgate.gateway.config;

import io.netty.util.internal.PlatformDependent;

/** How much of the direct memory buffers may take where nobody says so. Any thread. */
final class BufferRoom {
  private static final long UNIT = 1 << 20;
  private static final long LEAST = 8 * UNIT;

  private BufferRoom() {}

  /**
   * Half of what Netty may take outside the heap ({@code -XX:MaxDirectMemorySize}, else as much as
   * the heap), in whole MiB: buffers are counted a few times a second, and lie in larger chunks.
   */
  static long bytes() {
    return Math.max(LEAST, PlatformDependent.maxDirectMemory() / 2 / UNIT * UNIT);
  }
}
