package io.pushgate.gateway.broker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers in base 64 with the sixty-four characters a cursor may hold, in ASCII order, so that
 * texts of one length sort as their numbers do. <em>Any thread.</em>
 */
final class Digits {

  private static final byte[] DIGITS =
      "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUES = new byte[128];

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int digit = 0; digit < DIGITS.length; digit++) {
      VALUES[DIGITS[digit]] = (byte) digit;
    }
  }

  private Digits() {}

  /** How many digits a number has without leading zeros; zero has one. */
  static int count(long number) {
    return Math.max(1, (63 - Long.numberOfLeadingZeros(number)) / 6 + 1);
  }

  /** Writes the lowest {@code count} digits, the highest of them first. */
  static void write(long number, int count, byte[] target, int index) {
    for (int i = index + count - 1; i >= index; i--) {
      target[i] = DIGITS[(int) (number & 63)];
      number >>>= 6;
    }
  }

  /**
   * Reads the number that stands from {@code from} to the end of the text. Answers -1 where it is
   * none, has more than 63 bits, or a leading zero: one number has exactly one text.
   */
  static long read(String text, int from) {
    if (text.charAt(from) == DIGITS[0] && text.length() > from + 1) {
      return -1;
    }
    long number = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      int value = c < VALUES.length ? VALUES[c] : -1;
      if (value < 0 || number >>> 57 != 0) {
        return -1;
      }
      number = (number << 6) | value;
    }
    return number;
  }
}
