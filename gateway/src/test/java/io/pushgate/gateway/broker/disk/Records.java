package io.pushgate.gateway.broker.disk;

import io.pushgate.gateway.broker.local.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Numbered entries of a store, written several to a batch, and what is read of them. */
final class Records {
  static final byte[] FROM = {};
  static final byte[] TO = {(byte) 0xff};

  private Records() {}

  static byte[] key(long number) {
    return ByteBuffer.allocate(9).put((byte) 'k').putLong(number).array();
  }

  /** The value of an entry: its number, and bytes that follow from it and do not compress. */
  static byte[] value(long number, int length) {
    byte[] value = new byte[Math.max(Long.BYTES, length)];
    new Random(number).nextBytes(value);
    return ByteBuffer.wrap(value).putLong(0, number).array();
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Writes the entries from one number up to another, not with it, as one batch. */
  static void write(Store store, long from, long to, int length, boolean sync) throws IOException {
    Store.Batch batch = store.batch();
    for (long number = from; number < to; number++) {
      batch.put(key(number), value(number, length));
    }
    store.write(batch, sync);
  }

  /** The numbers of all entries; fails where a value is not the one that was written. */
  static List<Long> read(Store store) throws IOException {
    try (Store.View view = store.view()) {
      return read(view);
    }
  }

  static List<Long> read(Store.View view) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (Store.Walk walk = view.walk(key(0), TO)) {
      while (walk.next()) {
        long number = ByteBuffer.wrap(walk.key()).getLong(1);
        byte[] value = walk.value();
        if (!java.util.Arrays.equals(value, value(number, value.length))) {
          throw new AssertionError("entry " + number + " is not what was written");
        }
        numbers.add(number);
      }
    }
    return numbers;
  }
}
