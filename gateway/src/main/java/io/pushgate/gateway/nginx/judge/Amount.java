package io.pushgate.gateway.nginx.judge;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Times, sizes and rates as nginx writes them. Stateless. */
final class Amount {
  private static final Pattern TIME = Pattern.compile("([0-9]+)(ms|[smhdwMy]?)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([kKmMgG]?)");
  private static final Pattern RATE = Pattern.compile("rate=([0-9]{1,9})r/([sm])");

  private Amount() {}

  /** Milliseconds of {@code 1h 30m}; what can't be read is endless. */
  static double millis(String text) {
    String plain = text.replace(" ", "");
    if (!plain.matches("(" + TIME.pattern() + ")+")) {
      return Double.POSITIVE_INFINITY;
    }
    return TIME.matcher(plain)
        .results()
        .mapToDouble(part -> Double.parseDouble(part.group(1)) * millisOf(part.group(2)))
        .sum();
  }

  private static double millisOf(String unit) {
    double day = 86_400_000;
    return switch (unit) {
      case "ms" -> 1;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> day;
      case "w" -> 7 * day;
      case "M" -> 30 * day;
      case "y" -> 365 * day;
      default -> 1000;
    };
  }

  /** Bytes of {@code 8k}; what can't be read is endless. */
  static double bytes(String text) {
    return SIZE.matcher(text)
        .results()
        .filter(size -> size.group().equals(text))
        .mapToDouble(size -> Double.parseDouble(size.group(1)) * bytesOf(size.group(2)))
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private static double bytesOf(String unit) {
    return switch (unit) {
      case "k", "K" -> 1 << 10;
      case "m", "M" -> 1 << 20;
      case "g", "G" -> 1 << 30;
      default -> 1;
    };
  }

  /** Requests a second of {@code rate=30r/m}; what can't be read is endless. */
  static double perSecond(String text) {
    return RATE.matcher(text)
        .results()
        .mapToDouble(Amount::perSecond)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private static double perSecond(MatchResult rate) {
    return Double.parseDouble(rate.group(1)) / (rate.group(2).equals("m") ? 60 : 1);
  }
}
