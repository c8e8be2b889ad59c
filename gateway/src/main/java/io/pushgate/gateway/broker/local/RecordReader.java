package io.pushgate.gateway.broker.local;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes the fields out that a {@link RecordWriter} put in. <em>Its caller only.</em> */
final class RecordReader {
  private final byte[] bytes;
  private int index;

  RecordReader(byte[] bytes) {
    this(bytes, 0);
  }

  /** Begins behind so many bytes. */
  RecordReader(byte[] bytes, int index) {
    this.bytes = bytes;
    this.index = index;
  }

  int octet() {
    return bytes[index++];
  }

  long fixed() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | (bytes[index++] & 0xff);
    }
    return value;
  }

  long number() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[index++];
      value |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  String text() {
    int length = (int) number();
    String text = new String(bytes, index, length, StandardCharsets.UTF_8);
    index += length;
    return text;
  }

  /** Null for an empty text. */
  @Nullable String textOrNull() {
    String text = text();
    return text.isEmpty() ? null : text;
  }

  /** A text up to the zero byte that ends it. */
  String name() {
    int end = index;
    while (bytes[end] != 0) {
      end++;
    }
    String name = new String(bytes, index, end - index, StandardCharsets.UTF_8);
    index = end + 1;
    return name;
  }

  int index() {
    return index;
  }

  int remaining() {
    return bytes.length - index;
  }
}
