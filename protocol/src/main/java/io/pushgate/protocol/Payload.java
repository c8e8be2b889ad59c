package io.pushgate.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * One JSON value as the publisher sent it: a range of bytes in which every line break outside
 * strings is already a space. Whoever makes one gives the array away; from then on nobody writes to
 * the range. Immutable by that contract.
 */
public final class Payload {
  private final byte[] bytes;
  private final int offset;
  private final int length;

  /**
   * Takes the array without a copy; the range must hold one valid JSON value without line breaks.
   */
  public Payload(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  /** Throws an IllegalArgumentException, with the column, where the text is not one JSON value. */
  public static Payload of(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try {
      return JsonScanner.payload(bytes, 0, bytes.length);
    } catch (JsonFault fault) {
      throw new IllegalArgumentException(fault.explanation(), fault);
    }
  }

  /** The array that holds the range, which callers only read. */
  public byte[] bytes() {
    return bytes;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  public void writeTo(ByteBuf out) {
    out.writeBytes(bytes, offset, length);
  }

  public String text() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that
        && Arrays.equals(
            bytes, offset, offset + length, that.bytes, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  /** The size alone: what publishers send is nobody's business in a log. */
  @Override
  public String toString() {
    return "Payload[" + length + " bytes]";
  }
}
