package io.pushgate.gateway.broker.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Each batch ends with its number, under a key behind all others. So what the tables hold, what the
 * log holds, and what is synced can be compared, and a batch that is missing between shows. Any
 * thread.
 */
final class WriteNumber {
  static final byte[] KEY = {(byte) 0xff};

  /** The engine's form of a put: its kind, and before key and value their lengths. */
  private static final byte[] PUT = {1, 1, KEY[0], Long.BYTES};

  private WriteNumber() {}

  static byte[] value(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  /** The number that is stored; 0 where nothing was ever written. */
  static long of(byte @Nullable [] value) {
    return value == null ? 0 : ByteBuffer.wrap(value).getLong();
  }

  /** The number at the end of a batch in the engine's form; -1 where there is none. */
  static long in(byte[] batch) {
    int at = batch.length - PUT.length - Long.BYTES;
    if (at < 0 || !Arrays.equals(batch, at, at + PUT.length, PUT, 0, PUT.length)) {
      return -1;
    }
    return ByteBuffer.wrap(batch).getLong(at + PUT.length);
  }
}
