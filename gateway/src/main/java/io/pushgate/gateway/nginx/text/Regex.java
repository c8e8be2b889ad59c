package io.pushgate.gateway.nginx.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions as nginx's configurations hold them. Stateless. */
public final class Regex {
  /** Names are dropped: Java allows no underscore in them, and a group's number stays the same. */
  private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?(?:P?<\\w+>|'\\w+')");

  private Regex() {}

  /** Looks for it in {@code text}; one that can't be read matches nothing. */
  public static Optional<Matcher> find(String expression, boolean anyCase, String text) {
    try {
      String unnamed = NAMED_GROUP.matcher(expression).replaceAll("(");
      Matcher matcher =
          Pattern.compile(unnamed, anyCase ? Pattern.CASE_INSENSITIVE : 0).matcher(text);
      return matcher.find() ? Optional.of(matcher) : Optional.empty();
    } catch (PatternSyntaxException | StackOverflowError unreadable) {
      return Optional.empty();
    }
  }
}
