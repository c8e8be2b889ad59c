package io.pushgate.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks over the tokens of a JSON text in a range of bytes, checking each in one pass and
 * allocating nothing. Confined to its caller.
 */
final class JsonTokens {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int at;
  private boolean plain;

  JsonTokens(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.start = offset;
    this.end = offset + length;
    this.at = offset;
  }

  int position() {
    return at;
  }

  /** Whether the last string was ASCII without an escape, so that its bytes are its characters. */
  boolean wasPlain() {
    return plain;
  }

  boolean atEnd() {
    return at == end;
  }

  /** The byte at the position, which must exist. */
  byte current() throws JsonFault {
    if (at == end) {
      throw unexpectedEnd();
    }
    return bytes[at];
  }

  /** Steps over the byte at the position, which must be this one. */
  void expect(char wanted) throws JsonFault {
    if (current() != wanted) {
      throw unexpected();
    }
    at++;
  }

  /**
   * Steps over white space; line breaks become spaces, so that a value fits into a line and an SSE
   * event.
   */
  void space() {
    while (at < end && bytes[at] <= ' ') {
      byte b = bytes[at];
      if (b == '\n' || b == '\r') {
        bytes[at] = ' ';
      } else if (b != ' ' && b != '\t') {
        return;
      }
      at++;
    }
  }

  /** Steps over a string, a number, true, false or null. */
  void scalar() throws JsonFault {
    switch (current()) {
      case '"' -> string();
      case 't' -> literal(TRUE);
      case 'f' -> literal(FALSE);
      case 'n' -> literal(NULL);
      default -> number();
    }
  }

  void string() throws JsonFault {
    expect('"');
    plain = true;
    for (; ; ) {
      skipPlain();
      byte b = current();
      if (b == '"') {
        at++;
        return;
      }
      plain = false;
      if (b == '\\') {
        escape();
      } else if (b < 0) {
        multibyte();
      } else {
        throw fault("control character in a string");
      }
    }
  }

  /**
   * Steps over all that is ASCII and neither quote, backslash nor control character, eight bytes at
   * a time.
   */
  private void skipPlain() {
    int i = at;
    while (end - i >= Long.BYTES) {
      long special = special((long) LONGS.get(bytes, i));
      if (special != 0) {
        // The lowest mark is exact; only those above it may be false, by a borrow.
        at = i + (Long.numberOfTrailingZeros(special) >>> 3);
        return;
      }
      i += Long.BYTES;
    }
    while (i < end && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
      i++;
    }
    at = i;
  }

  /** Marks, in the highest bit of each byte, those that end a plain run. */
  private static long special(long word) {
    long quote = word ^ ('"' * ONES);
    long backslash = word ^ ('\\' * ONES);
    return (word
            | ((word - ' ' * ONES) & ~word)
            | ((quote - ONES) & ~quote)
            | ((backslash - ONES) & ~backslash))
        & HIGHS;
  }

  private void escape() throws JsonFault {
    at++;
    switch (current()) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
      case 'u' -> {
        at++;
        for (int i = 0; i < 4; i++) {
          if (Character.digit(current(), 16) < 0) {
            throw fault("bad escape in a string");
          }
          at++;
        }
      }
      default -> throw fault("bad escape in a string");
    }
  }

  private void multibyte() throws JsonFault {
    int length = Utf8.sequence(bytes, at, end);
    if (length == 0) {
      throw fault("bad UTF-8");
    }
    at += length;
  }

  private void number() throws JsonFault {
    if (current() == '-') {
      at++;
    }
    if (current() == '0') {
      at++;
    } else {
      digits();
    }
    if (at < end && bytes[at] == '.') {
      at++;
      digits();
    }
    if (at < end && (bytes[at] | 0x20) == 'e') {
      at++;
      if (current() == '+' || current() == '-') {
        at++;
      }
      digits();
    }
  }

  private void digits() throws JsonFault {
    if (!isDigit(current())) {
      throw unexpected();
    }
    while (at < end && isDigit(bytes[at])) {
      at++;
    }
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private void literal(byte[] word) throws JsonFault {
    for (byte letter : word) {
      if (current() != letter) {
        throw unexpected();
      }
      at++;
    }
  }

  JsonFault unexpectedEnd() {
    return fault("unexpected end of input");
  }

  JsonFault unexpected() {
    int b = bytes[at] & 0xff;
    boolean visible = b > ' ' && b < 0x7f;
    return fault("unexpected " + (visible ? "'" + (char) b + "'" : "byte 0x%02x".formatted(b)));
  }

  JsonFault tooDeep() {
    String what = "more than %d levels of arrays and objects".formatted(Limits.MAX_DEPTH);
    return new JsonFault(what, at - start + 1, true);
  }

  private JsonFault fault(String what) {
    return new JsonFault(what, at - start + 1, false);
  }
}
