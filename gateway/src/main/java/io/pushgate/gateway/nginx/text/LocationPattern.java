package io.pushgate.gateway.nginx.text;

import java.util.Optional;
import java.util.regex.Matcher;

/** What a {@code location} says of the paths it takes. Immutable. */
public record LocationPattern(Kind kind, String path) {

  /** How the path is compared. */
  public enum Kind {
    EXACT,
    PREFIX,
    /** A prefix that, where it is the longest, keeps regular expressions from being asked. */
    PREFIX_ALONE,
    REGEX,
    REGEX_ANY_CASE,
    /** Taken by no request, but jumped to. */
    NAMED
  }

  /** Reads the words of a {@code location}. */
  public static LocationPattern of(Directive location) {
    String first = location.argument(0);
    if (location.arguments().size() > 1) {
      return of(first, location.argument(1));
    }
    // The sign may stand at the path without a blank.
    for (String sign : new String[] {"=", "^~", "~*", "~"}) {
      if (first.startsWith(sign)) {
        return of(sign, first.substring(sign.length()));
      }
    }
    return new LocationPattern(first.startsWith("@") ? Kind.NAMED : Kind.PREFIX, first);
  }

  private static LocationPattern of(String sign, String path) {
    Kind kind =
        switch (sign) {
          case "=" -> Kind.EXACT;
          case "^~" -> Kind.PREFIX_ALONE;
          case "~" -> Kind.REGEX;
          case "~*" -> Kind.REGEX_ANY_CASE;
          default -> Kind.PREFIX;
        };
    return new LocationPattern(kind, path);
  }

  /** Whether the path is a regular expression. */
  public boolean isRegex() {
    return kind == Kind.REGEX || kind == Kind.REGEX_ANY_CASE;
  }

  /** Whether the path is compared as a beginning. */
  public boolean isPrefix() {
    return kind == Kind.PREFIX || kind == Kind.PREFIX_ALONE;
  }

  /** Whether it takes a path, others left aside. */
  public boolean matches(String requested) {
    return switch (kind) {
      case EXACT -> requested.equals(path);
      case PREFIX, PREFIX_ALONE -> requested.startsWith(path);
      case REGEX, REGEX_ANY_CASE -> matched(requested).isPresent();
      case NAMED -> false;
    };
  }

  /** What the expression matched of a path; empty where it is none. */
  public Optional<Matcher> matched(String requested) {
    return isRegex() ? Regex.find(path, kind == Kind.REGEX_ANY_CASE, requested) : Optional.empty();
  }

  /** Equal for two that nginx would call duplicates: both kinds of prefix are one. */
  String setting() {
    return (isPrefix() ? Kind.PREFIX : kind) + " " + path;
  }
}
