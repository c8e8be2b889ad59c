package io.pushgate.gateway.broker;

import io.netty.buffer.Unpooled;
import io.pushgate.gateway.fuzz.Agreement;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.function.ToLongBiFunction;
import java.util.regex.Pattern;

/**
 * Cursors and positions: what a text is, regular expressions say; what is written is read again as
 * the same, and no second text is read as it. One thread.
 */
public final class CursorFuzzer {
  private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9._~-]{1,47}");
  private static final Pattern POSITION =
      Pattern.compile(
          "u[A-Za-z0-9._~-]{0,46}(?:,e[A-Za-z0-9._~-]{0,46})?"
              + "|e[A-Za-z0-9._~-]{0,46}(?:,u[A-Za-z0-9._~-]{0,46})?");

  private static final String DIGITS =
      "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  private static final Cursors CURSORS = new Cursors(7);
  private static final Cursors OF_ANOTHER_STORE = new Cursors(8);
  private static final JournalId JOURNAL = JournalId.of(UserId.of("alice@example.com"));
  private static final byte[] PREFIX = CURSORS.prefix(JOURNAL);

  private CursorFuzzer() {}

  /** Called by the fuzzer with each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    check(input, Cursors::offset);
  }

  private static void check(byte[] input, ToLongBiFunction<byte[], Cursor> offsets) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    checkPosition(text);
    checkStart(text);
    Agreement.check("a cursor", CURSOR.matcher(text).matches(), Cursor.parse(text) != null);
    Cursor cursor = Cursor.parse(new String(PREFIX, StandardCharsets.US_ASCII) + text);
    if (cursor != null) {
      checkOffset(text, cursor, offsets);
    }
    if (input.length >= Long.BYTES) {
      long offset = Unpooled.wrappedBuffer(input).readLong() & Long.MAX_VALUE;
      Cursor made = Cursors.cursor(PREFIX, offset);
      Agreement.check("read again", offset, offsets.applyAsLong(PREFIX, made));
    }
  }

  private static void checkPosition(String text) {
    Position position = Position.parse(text);
    Agreement.check("a position", POSITION.matcher(text).matches(), position != null);
    if (position != null) {
      int comma = text.indexOf(',');
      boolean swapped = comma >= 0 && text.startsWith("e");
      String expected = swapped ? text.substring(comma + 1) + "," + text.substring(0, comma) : text;
      Agreement.check("the user's cursor first", expected, position.toString());
      Agreement.check("read again", position, Position.parse(position.toString()));
    }
  }

  private static void checkStart(String text) {
    Position position = Position.parse(text);
    Start expected =
        text.isEmpty()
            ? new Start.Acknowledged()
            : text.equals("end")
                ? new Start.End()
                : position == null ? new Start.Unusable() : new Start.After(position);
    Agreement.check("start", expected, Start.parse(text));
  }

  private static void checkOffset(
      String digits, Cursor cursor, ToLongBiFunction<byte[], Cursor> offsets) {
    long offset = offsets.applyAsLong(PREFIX, cursor);
    Agreement.check("offset", offset(digits), offset);
    Agreement.check("of another store", -1L, OF_ANOTHER_STORE.offset(JOURNAL, cursor));
    if (offset >= 0) {
      Agreement.check("written again", cursor, Cursors.cursor(PREFIX, offset));
    }
  }

  /** The number in base 64, -1 where the text is none or not its shortest. */
  private static long offset(String digits) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < digits.length(); i++) {
      int value = DIGITS.indexOf(digits.charAt(i));
      if (value < 0) {
        return -1;
      }
      number = number.shiftLeft(6).add(BigInteger.valueOf(value));
    }
    boolean leadingZero = digits.length() > 1 && digits.charAt(0) == '-';
    return digits.isEmpty() || leadingZero || number.bitLength() > 63 ? -1 : number.longValue();
  }

  /** The same with leading zeros let pass. */
  public static final class Planted {
    private Planted() {}

    /** Called by the fuzzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
      check(input, Planted::offset);
    }

    private static long offset(byte[] prefix, Cursor cursor) {
      String digits = cursor.value().substring(prefix.length);
      String shortest = digits.replaceFirst("^-+(?=[^-])", "");
      return Cursors.offset(
          prefix, Cursor.of(cursor.value().substring(0, prefix.length) + shortest));
    }
  }
}
