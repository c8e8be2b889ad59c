package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.JournalId;
import io.pushgate.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of everything that is stored: a letter that says what it is, then names that end in a
 * zero byte, then numbers. <em>Any thread.</em>
 *
 * <pre>
 * m word                the store itself: its epoch, its offsets, its counts
 * h reserved            a hole in the offsets that an unclean end left
 * e journal 0 offset    an entry of a journal
 * j journal 0           a journal's head: what was trimmed, what its user acknowledged
 * i id                  a notification: when it came, what was answered, how it stands
 * d id 0 journal 0      how it stands in one journal, where it went to several
 * t due journal 0 offset  when an entry ends
 * w second              how many ids publishers chose in that second
 * x fingerprint         up to where a journal held something whose user was forgotten
 * p publisher 0         the head of a publisher's receipts
 * r publisher 0 offset  a receipt
 * </pre>
 */
final class Keys {
  static final byte META = 'm';
  static final byte HOLE = 'h';
  static final byte ENTRY = 'e';
  static final byte HEAD = 'j';
  static final byte ID = 'i';
  static final byte DELIVERY = 'd';
  static final byte DUE = 't';
  static final byte WINDOW = 'w';
  static final byte FORGOTTEN = 'x';
  static final byte PUBLISHER = 'p';
  static final byte RECEIPT = 'r';

  private Keys() {}

  /** All keys of one letter: from here, up to {@link #end} of the same. */
  static byte[] start(byte letter) {
    return new byte[] {letter};
  }

  static byte[] end(byte letter) {
    return new byte[] {(byte) (letter + 1)};
  }

  static byte[] meta(String word) {
    return new RecordWriter().octet(META).text(word).take();
  }

  static byte[] number(byte letter, long number) {
    return new RecordWriter().octet(letter).fixed(number).take();
  }

  /** The name of a journal as it stands in keys, with the zero byte that ends it. */
  static byte[] name(JournalId journal) {
    UserId user = journal.user();
    return name(user == null ? "" : user.value());
  }

  static byte[] name(String text) {
    return new RecordWriter().name(text).take();
  }

  static JournalId journal(String name) {
    return name.isEmpty() ? JournalId.EVERYONE : JournalId.of(UserId.of(name));
  }

  static byte[] of(byte letter, byte[] name) {
    return new RecordWriter().octet(letter).bytes(name).take();
  }

  static byte[] of(byte letter, byte[] name, long offset) {
    byte[] key = Arrays.copyOf(new byte[] {letter}, 1 + name.length + Long.BYTES);
    System.arraycopy(name, 0, key, 1, name.length);
    for (int i = 0; i < Long.BYTES; i++) {
      key[1 + name.length + i] = (byte) (offset >>> (56 - 8 * i));
    }
    return key;
  }

  /** Behind all keys of this letter and name: no name ends in another byte than zero. */
  static byte[] behind(byte letter, byte[] name) {
    byte[] key = of(letter, name);
    key[key.length - 1] = 1;
    return key;
  }

  static byte[] id(String id) {
    byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
    return new RecordWriter().octet(ID).bytes(utf8).take();
  }

  /** The id that such a key holds. */
  static String id(byte[] key) {
    return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
  }

  static byte[] delivery(byte[] id, byte[] journal) {
    return new RecordWriter().octet(DELIVERY).bytes(id).bytes(journal).take();
  }

  static byte[] due(long millis, byte[] journal, long offset) {
    return new RecordWriter().octet(DUE).fixed(millis).bytes(journal).fixed(offset).take();
  }

  /** The number that a key ends with. */
  static long lastNumber(byte[] key) {
    long number = 0;
    for (int i = key.length - Long.BYTES; i < key.length; i++) {
      number = number << 8 | (key[i] & 0xff);
    }
    return number;
  }
}
