package io.pushgate.bench.floor;

import io.netty.buffer.ByteBuf;

/** Headers of text frames, RFC 6455, section 5.2. Any thread. */
final class FloorFrames {
  private static final int TEXT = 0x81;
  private static final int ONE_BYTE = 125;
  private static final int TWO_BYTES = 0xffff;

  private FloorFrames() {}

  static void writeHeader(ByteBuf out, int length) {
    out.writeByte(TEXT);
    if (length <= ONE_BYTE) {
      out.writeByte(length);
    } else if (length <= TWO_BYTES) {
      out.writeByte(126).writeShort(length);
    } else {
      out.writeByte(127).writeLong(length);
    }
  }
}
