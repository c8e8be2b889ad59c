package io.pushgate.gateway.websocket;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** The masking of client frames, its own inverse (RFC 6455, section 5.3). Any thread. */
final class Mask {
  private Mask() {}

  /** Masks or unmasks the bytes from {@code start} to before {@code end} where they lie. */
  static void apply(ByteBuf bytes, int start, int end, int mask) {
    long twice = ((long) mask << Integer.SIZE) | (mask & 0xFFFF_FFFFL);
    ByteBuffer view = bytes.internalNioBuffer(start, end - start);
    int at = view.position();
    for (; at <= view.limit() - Long.BYTES; at += Long.BYTES) {
      view.putLong(at, view.getLong(at) ^ twice);
    }
    // Eight is a multiple of the mask's four bytes, so the rest begins with the mask's first byte.
    for (int shift = Integer.SIZE - Byte.SIZE; at < view.limit(); at++, shift -= Byte.SIZE) {
      view.put(at, (byte) (view.get(at) ^ (mask >>> shift)));
    }
  }

  /** The mask of what follows so many bytes of one payload. */
  static int behind(int mask, int bytes) {
    return Integer.rotateLeft(mask, Byte.SIZE * (bytes % Integer.BYTES));
  }
}
