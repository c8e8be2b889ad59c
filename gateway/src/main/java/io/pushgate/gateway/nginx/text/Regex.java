package io.pushgate.gateway.nginx.text;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions as nginx's configurations hold them. Stateless. */
public final class Regex {
  /** Names are dropped: Java allows no underscore in them, and a group's number stays the same. */
  private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?(?:P?<\\w+>|'\\w+')");

  /** What opens a group, with its name where it has one, and what only looks like it. */
  private static final Pattern OPENING =
      Pattern.compile(
          "\\\\.|\\[\\^?]?(?:[^\\]\\\\]++|\\\\.)*+]|\\((?![?*])|\\(\\?(?:P?<(\\w+)>|'(\\w+)')",
          Pattern.DOTALL);

  private Regex() {}

  /** The numbers of the groups that have names. */
  public static Map<String, Integer> names(String expression) {
    Map<String, Integer> names = new HashMap<>();
    int group = 0;
    Matcher opening = OPENING.matcher(expression);
    while (opening.find()) {
      if (expression.charAt(opening.start()) == '(') {
        group++;
        String name = opening.group(1) == null ? opening.group(2) : opening.group(1);
        if (name != null) {
          names.put(name, group);
        }
      }
    }
    return names;
  }

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
