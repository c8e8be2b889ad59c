package io.pushgate.gateway.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of one connection, and the ways in which they may arrive. The first two bytes of an
 * input say how the rest is cut: into pieces of one more than the first, then one more than the
 * second, in turn. Immutable.
 */
public final class Pieces {
  private static final int LEAD = 2;

  private final byte[] input;

  public Pieces(byte[] input) {
    this.input = input;
  }

  /** The bytes of the connection in one run. */
  public byte[] whole() {
    return input.length < LEAD ? new byte[0] : Arrays.copyOfRange(input, LEAD, input.length);
  }

  /** What a connection may look like: in one piece, as the input asks, and byte by byte. */
  public List<List<byte[]>> ways() {
    byte[] whole = whole();
    if (whole.length == 0) {
      return List.of(List.of());
    }
    int first = 1 + (input[0] & 0xff);
    int second = 1 + (input[1] & 0xff);
    return List.of(List.of(whole), cut(whole, first, second), cut(whole, 1, 1));
  }

  /** One of the ways in one run again. */
  public static byte[] join(List<byte[]> pieces) {
    return Unpooled.copiedBuffer(pieces.toArray(byte[][]::new)).array();
  }

  /** A buffer of its own with these bytes, which the caller releases. */
  public static ByteBuf buffer(ByteBufAllocator allocator, byte[] bytes) {
    return allocator.buffer(bytes.length).writeBytes(bytes);
  }

  private static List<byte[]> cut(byte[] whole, int first, int second) {
    List<byte[]> pieces = new ArrayList<>();
    int size = first;
    for (int from = 0; from < whole.length; from += pieces.get(pieces.size() - 1).length) {
      pieces.add(Arrays.copyOfRange(whole, from, Math.min(from + size, whole.length)));
      size = size == first ? second : first;
    }
    return pieces;
  }
}
