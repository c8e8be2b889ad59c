package io.pushgate.gateway.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A message of which not all has arrived: its payload so far, unmasked, and what is missing of the
 * frame that is being read. Text is judged as it comes (RFC 6455, section 8.1). Event loop only.
 */
final class PartialMessage {
  private static final int FIRST_CAPACITY = 256;

  /** Null for a binary message. */
  private final @Nullable Utf8Stream text;

  private final ByteBuf payload;
  private int missing;
  private int mask;
  private boolean last;

  PartialMessage(boolean isText, ByteBufAllocator allocator, int maxMessage) {
    text = isText ? new Utf8Stream() : null;
    payload = allocator.buffer(Math.min(maxMessage, FIRST_CAPACITY), maxMessage);
  }

  /** A frame of it begins, whose masked payload of this many bytes follows. */
  void expect(int length, int maskOfFrame, boolean isLast) {
    missing = length;
    mask = maskOfFrame;
    last = isLast;
  }

  /** Takes what there is of the frame; answers whether this may still become a good message. */
  boolean take(ByteBuf in) {
    int start = in.readerIndex();
    int count = Math.min(missing, in.readableBytes());
    Mask.apply(in, start, start + count, mask);
    mask = Mask.behind(mask, count);
    missing -= count;
    boolean good = text == null || in.forEachByte(start, count, text) < 0;
    payload.writeBytes(in, count);
    return good && (text == null || text.isComplete() || !isWhole());
  }

  /** Whether more of a frame that has begun is to come. */
  boolean isAmidFrame() {
    return missing > 0;
  }

  /** Whether the last frame was taken to its end. */
  boolean isWhole() {
    return last && missing == 0;
  }

  boolean isText() {
    return text != null;
  }

  /** What came so far; it goes with {@link #release}. */
  ByteBuf payload() {
    return payload;
  }

  void release() {
    payload.release();
  }
}
