package io.pushgate.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A place in the two journals of a session: one cursor of each, or one alone, which leaves the
 * other journal as if no cursor were given. On the wire the two are joined by a comma, in either
 * order. Immutable.
 */
public record Position(@Nullable Cursor user, @Nullable Cursor everyone) {
  public Position {
    if (user == null && everyone == null) {
      throw new IllegalArgumentException("a position holds at least one cursor");
    }
    checkLetter(user, Feed.USER);
    checkLetter(everyone, Feed.EVERYONE);
  }

  /** Returns null where the text is no position: another letter, a doubled one, an empty part. */
  public static @Nullable Position parse(String text) {
    int comma = text.indexOf(',');
    Cursor first = Cursor.parse(comma < 0 ? text : text.substring(0, comma));
    Cursor second = comma < 0 ? null : Cursor.parse(text.substring(comma + 1));
    if (first == null || (comma >= 0 && second == null)) {
      return null;
    }
    if (isOf(first, Feed.USER) && (second == null || isOf(second, Feed.EVERYONE))) {
      return new Position(first, second);
    }
    if (isOf(first, Feed.EVERYONE) && (second == null || isOf(second, Feed.USER))) {
      return new Position(second, first);
    }
    return null;
  }

  /** The cursor of one journal, null where the position leaves it out. */
  public @Nullable Cursor of(Feed feed) {
    return switch (feed) {
      case USER -> user;
      case EVERYONE -> everyone;
    };
  }

  @Override
  public String toString() {
    if (user == null) {
      return String.valueOf(everyone);
    }
    return everyone == null ? user.value() : user.value() + "," + everyone.value();
  }

  private static boolean isOf(Cursor cursor, Feed feed) {
    return cursor.letter() == feed.letter();
  }

  private static void checkLetter(@Nullable Cursor cursor, Feed feed) {
    if (cursor != null && !isOf(cursor, feed)) {
      throw new IllegalArgumentException("a cursor of " + feed + " begins with " + feed.letter());
    }
  }
}
