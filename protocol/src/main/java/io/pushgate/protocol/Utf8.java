package io.pushgate.protocol;

/**
 * UTF-8 as RFC 3629 defines it: no overlong form, no surrogate, nothing beyond U+10FFFF. Any
 * thread.
 */
public final class Utf8 {
  private Utf8() {}

  /**
   * The length of the sequence of two to four bytes that begins at an index; 0 where none does, or
   * where it is cut off by the end. An ASCII byte is no such sequence.
   */
  static int sequence(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xff;
    if (lead >= 0xc2 && lead <= 0xdf) {
      return isTail(bytes, at + 1, end, 1, 0x80, 0xbf) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      int low = lead == 0xe0 ? 0xa0 : 0x80;
      int high = lead == 0xed ? 0x9f : 0xbf;
      return isTail(bytes, at + 1, end, 2, low, high) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
      int low = lead == 0xf0 ? 0x90 : 0x80;
      int high = lead == 0xf4 ? 0x8f : 0xbf;
      return isTail(bytes, at + 1, end, 3, low, high) ? 4 : 0;
    }
    return 0;
  }

  /** Whether a range of bytes is well formed from its first byte to its last. */
  public static boolean isValid(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      int step = bytes[at] >= 0 ? 1 : sequence(bytes, at, end);
      if (step == 0) {
        return false;
      }
      at += step;
    }
    return true;
  }

  /** The second byte has bounds of its own; those behind it are any continuation bytes. */
  private static boolean isTail(byte[] bytes, int at, int end, int count, int low, int high) {
    if (end - at < count) {
      return false;
    }
    int second = bytes[at] & 0xff;
    if (second < low || second > high) {
      return false;
    }
    for (int i = at + 1; i < at + count; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}
