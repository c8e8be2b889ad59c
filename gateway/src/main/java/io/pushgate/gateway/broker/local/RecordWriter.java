package io.pushgate.gateway.broker.local;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fields of a key or a value end to end: fixed numbers big-endian, so that keys sort as
 * their numbers do, others in seven bits a byte, texts behind their length. <em>Its caller
 * only.</em>
 */
final class RecordWriter {
  private byte[] bytes = new byte[256];
  private int length;

  RecordWriter octet(int value) {
    ensure(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** Eight bytes; negative numbers would sort last. */
  RecordWriter fixed(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** One to ten bytes; small numbers are short. */
  RecordWriter number(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  /** Null is the same as an empty text. */
  RecordWriter text(@Nullable String value) {
    if (value == null) {
      return number(0);
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return number(utf8.length).bytes(utf8, 0, utf8.length);
  }

  /** A text that other fields of a key follow: no name holds the zero byte that ends it. */
  RecordWriter name(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return bytes(utf8, 0, utf8.length).octet(0);
  }

  RecordWriter bytes(byte[] value) {
    return bytes(value, 0, value.length);
  }

  RecordWriter bytes(byte[] value, int offset, int count) {
    ensure(count);
    System.arraycopy(value, offset, bytes, length, count);
    length += count;
    return this;
  }

  /** What was put, in an array of its own; the writer is empty then. */
  byte[] take() {
    byte[] record = Arrays.copyOf(bytes, length);
    length = 0;
    return record;
  }

  private void ensure(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
  }
}
