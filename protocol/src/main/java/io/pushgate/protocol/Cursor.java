package io.pushgate.protocol;

import org.jspecify.annotations.Nullable;

/**
 * An opaque mark of a place in one journal: 1 to 47 of {@code A-Z a-z 0-9 . _ ~ -}. The first
 * letter says which journal it belongs to; what follows is the broker's own affair. Immutable.
 */
public record Cursor(String value) {
  public Cursor {
    if (!isCursor(value, 0, value.length())) {
      throw new IllegalArgumentException("a cursor is 1 to 47 of A-Z a-z 0-9 . _ ~ -");
    }
  }

  /** Throws an IllegalArgumentException where the text is no cursor. */
  public static Cursor of(String value) {
    return new Cursor(value);
  }

  /** Returns null where the text is no cursor. */
  public static @Nullable Cursor parse(String value) {
    return isCursor(value, 0, value.length()) ? new Cursor(value) : null;
  }

  /** The letter of the journal: {@link Feed#letter()} for what a session reads. */
  public char letter() {
    return value.charAt(0);
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean isCursor(String text, int from, int to) {
    if (to == from || to - from > Limits.MAX_CURSOR_LENGTH) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!isCursorCharacter(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCursorCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || c == '.'
        || c == '_'
        || c == '~'
        || c == '-';
  }
}
