package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes of one connection that were read and not decoded yet, as one run in an array. An
 * unfinished request costs its own bytes, doubled at most while it grows. <em>Event loop only.</em>
 */
final class Inbox {
  private static final byte[] NONE = new byte[0];
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private byte[] bytes = NONE;
  private int from;
  private int to;
  private ByteBuf view = Unpooled.wrappedBuffer(NONE);

  /** Reads all of the buffer, which stays the caller's. */
  void append(ByteBuf arrived) {
    int added = arrived.readableBytes();
    if (from == to) {
      bytes = new byte[added];
      from = 0;
      to = 0;
    } else if (added > bytes.length - to) {
      grow(added);
    }
    arrived.readBytes(bytes, to, added);
    to += added;
  }

  private void grow(int added) {
    int length = length();
    int wanted = length + added;
    // Doubling keeps a line that comes in single bytes from being copied once for each of them.
    byte[] larger = new byte[wanted > length << 1 ? wanted : length << 1];
    System.arraycopy(bytes, from, larger, 0, length);
    bytes = larger;
    from = 0;
    to = length;
  }

  int length() {
    return to - from;
  }

  /** Bytes of memory that it takes. */
  int capacity() {
    return bytes.length;
  }

  boolean isEmpty() {
    return from == to;
  }

  /** Holds the run, which begins at {@link #from()}; nobody writes to it but the decoder. */
  byte[] array() {
    return bytes;
  }

  int from() {
    return from;
  }

  /** The same run as a buffer, valid until the next change. */
  ByteBuf view() {
    if (view.array() != bytes) {
      view = Unpooled.wrappedBuffer(bytes);
    }
    return view.setIndex(from, to);
  }

  void skip(int count) {
    from += count;
  }

  /** Lets go of the memory that decoded requests took. */
  void trim() {
    if (from == to) {
      clear();
    } else if (bytes.length > 2 * length()) {
      bytes = Arrays.copyOfRange(bytes, from, to);
      to -= from;
      from = 0;
    }
  }

  void clear() {
    bytes = NONE;
    from = 0;
    to = 0;
  }

  /** Where the first line feed stands, counted from the run's begin, not before {@code start}. */
  int indexOfLineFeed(int start) {
    int i = from + start;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long word = (long) LONGS.get(bytes, i) ^ ('\n' * ONES);
      long zeros = (word - ONES) & ~word & HIGHS;
      if (zeros != 0) {
        // Only marks above the lowest may be false, by a borrow.
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3) - from;
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == '\n') {
        return i - from;
      }
    }
    return -1;
  }
}
