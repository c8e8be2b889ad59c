package io.pushgate.protocol.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/** Strings of binary frames: the length in two bytes, then UTF-8. Any thread. */
final class BinaryText {
  private static final int MAX_BYTES = 0xffff;

  private BinaryText() {}

  /** Appends a string; null is the empty one, which stands for what is left out. */
  static ByteBuf write(ByteBuf out, @Nullable String text) {
    int at = out.writerIndex();
    out.writeShort(0);
    int bytes = text == null ? 0 : ByteBufUtil.writeUtf8(out, text);
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a string of %d bytes, %d at most".formatted(bytes, MAX_BYTES));
    }
    return out.setShort(at, bytes);
  }
}
