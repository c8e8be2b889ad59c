package io.pushgate.gateway.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How durations and sizes are written: {@code 500ms}, {@code 25s}, {@code 10m}, {@code 12h}, {@code
 * 7d}; {@code 64KiB}, {@code 1MiB}, {@code 2GiB} or plain bytes. Any thread.
 */
public final class Literals {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})(|KiB|MiB|GiB|TiB)");

  // From the largest, so that formatting finds the shortest exact form first.
  private static final String[] SIZE_UNITS = {"TiB", "GiB", "MiB", "KiB"};

  private Literals() {}

  /** Reads a duration, or throws an {@link IllegalArgumentException} that has no message. */
  public static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException();
    }
    long count = Long.parseLong(matcher.group(1));
    return Duration.ofMillis(times(count, millisOf(matcher.group(2))));
  }

  /** Reads a size in bytes, or throws an {@link IllegalArgumentException} that has no message. */
  public static long size(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException();
    }
    long count = Long.parseLong(matcher.group(1));
    return times(count, bytesOf(matcher.group(2)));
  }

  /** Writes a duration in the largest unit that is exact. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    for (String unit : new String[] {"d", "h", "m", "s"}) {
      if (millis != 0 && millis % millisOf(unit) == 0) {
        return millis / millisOf(unit) + unit;
      }
    }
    return millis + "ms";
  }

  /** Writes a size in the largest unit that is exact, or in bytes. */
  public static String formatSize(long bytes) {
    for (String unit : SIZE_UNITS) {
      if (bytes != 0 && bytes % bytesOf(unit) == 0) {
        return bytes / bytesOf(unit) + unit;
      }
    }
    return Long.toString(bytes);
  }

  /** Quotes what an operator wrote, so that a message stays one line of printable text. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("'");
    text.codePoints()
        .limit(200)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append(text.codePointCount(0, text.length()) > 200 ? "…'" : "'").toString();
  }

  private static long times(long count, long unit) {
    try {
      return Math.multiplyExact(count, unit);
    } catch (ArithmeticException tooLarge) {
      throw new IllegalArgumentException(tooLarge);
    }
  }

  private static long millisOf(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> throw new AssertionError(unit);
    };
  }

  private static long bytesOf(String unit) {
    return switch (unit) {
      case "" -> 1;
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      case "TiB" -> 1L << 40;
      default -> throw new AssertionError(unit);
    };
  }
}
