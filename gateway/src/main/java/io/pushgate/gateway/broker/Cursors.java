package io.pushgate.gateway.broker;

import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Makes and reads the cursors of one store. A cursor is the journal's letter, eight characters that
 * stand for the store's epoch and, in a user's journal, the user, and the offset in base 64 without
 * leading zeros: {@code u3kQ9xZ_dB4}. So a cursor of another user or of a lost store is known as
 * such without a look-up, and one place has exactly one text. <em>Immutable.</em>
 */
public final class Cursors {

  private static final int KEY_LENGTH = 8;
  private static final char RECEIPTS = 'r';

  /** The longest text of an offset: 63 bits at 6 a digit. */
  public static final int MAX_OFFSET_LENGTH = 11;

  private final long epoch;
  private final byte[] everyonePrefix;

  /**
   * @param epoch drawn at random when the store was made and kept with it
   */
  public Cursors(long epoch) {
    this.epoch = epoch;
    this.everyonePrefix = makePrefix(JournalId.EVERYONE);
  }

  /**
   * All of a journal's cursors but the offset, in ASCII. Costs a digest for a user's journal: keep
   * it while the user is connected.
   */
  public byte[] prefix(JournalId journal) {
    return journal.user() == null ? everyonePrefix.clone() : makePrefix(journal);
  }

  /** Writes the offset's digits into {@code target} and answers how many. */
  public static int writeOffset(long offset, byte[] target, int index) {
    int length = Digits.count(offset);
    Digits.write(offset, length, target, index);
    return length;
  }

  /** The cursor of an offset in the journal with this prefix. */
  public static Cursor cursor(byte[] prefix, long offset) {
    byte[] text = new byte[prefix.length + MAX_OFFSET_LENGTH];
    System.arraycopy(prefix, 0, text, 0, prefix.length);
    int length = prefix.length + writeOffset(offset, text, prefix.length);
    return new Cursor(new String(text, 0, length, StandardCharsets.US_ASCII));
  }

  public Cursor cursor(JournalId journal, long offset) {
    return cursor(prefix(journal), offset);
  }

  /**
   * The offset that this cursor marks in this journal, or -1 where it is another journal's or of
   * another epoch, or was never made by any store.
   */
  public long offset(JournalId journal, @Nullable Cursor cursor) {
    if (cursor == null) {
      return -1;
    }
    return offset(journal.user() == null ? everyonePrefix : makePrefix(journal), cursor);
  }

  /** The same, of the journal with this prefix. */
  public static long offset(byte[] prefix, Cursor cursor) {
    String text = cursor.value();
    if (text.length() <= prefix.length || text.length() > prefix.length + MAX_OFFSET_LENGTH) {
      return -1;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (text.charAt(i) != prefix[i]) {
        return -1;
      }
    }
    return Digits.read(text, prefix.length);
  }

  /** The same of a publisher's receipts. */
  public byte[] receiptsPrefix(String publisher) {
    return makePrefix(RECEIPTS, publisher);
  }

  private byte[] makePrefix(JournalId journal) {
    UserId user = journal.user();
    return makePrefix(journal.feed().letter(), user == null ? "" : user.value());
  }

  private byte[] makePrefix(char letter, String name) {
    byte[] prefix = new byte[1 + KEY_LENGTH];
    prefix[0] = (byte) letter;
    Digits.write(keyOf(name), KEY_LENGTH, prefix, 1);
    return prefix;
  }

  /** The first 48 bits of SHA-256 over the epoch and the name: no key, a fingerprint. */
  private long keyOf(String name) {
    MessageDigest digest = sha256();
    for (int shift = 56; shift >= 0; shift -= 8) {
      digest.update((byte) (epoch >>> shift));
    }
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    byte[] hash = digest.digest();
    long key = 0;
    for (int i = 0; i < 6; i++) {
      key = (key << 8) | (hash[i] & 0xff);
    }
    return key;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
