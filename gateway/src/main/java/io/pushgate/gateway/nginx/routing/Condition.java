package io.pushgate.gateway.nginx.routing;

import io.pushgate.gateway.nginx.text.Directive;
import io.pushgate.gateway.nginx.text.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The condition of an {@code if}. Stateless. */
final class Condition {
  private Condition() {}

  /** Whether it holds; one that can't be told does not, so that nothing is concluded from it. */
  static boolean holds(Directive directive, Variables variables) {
    List<String> words = words(directive.arguments());
    if (words.isEmpty()) {
      return false;
    }
    if (words.get(0).matches("!?-[fdex]")) {
      // A name's path is no file.
      return words.get(0).startsWith("!");
    }
    Optional<String> value = variables.text(words.get(0));
    if (value.isEmpty()) {
      return false;
    }
    return words.size() < 3
        ? !value.get().isEmpty() && !value.get().equals("0")
        : compared(value.get(), words.get(1), words.get(2), variables);
  }

  /** Without the brackets, which stand at a word or alone; a quoted one keeps its blanks. */
  private static List<String> words(List<String> written) {
    List<String> words = new ArrayList<>(written);
    int last = words.size() - 1;
    if (last < 0 || !words.get(0).startsWith("(") || !words.get(last).endsWith(")")) {
      return List.of();
    }
    words.set(last, words.get(last).substring(0, words.get(last).length() - 1));
    words.set(0, words.get(0).substring(1));
    if (words.get(0).isEmpty()) {
      words.remove(0);
    }
    if (words.size() > 1 && words.get(words.size() - 1).isEmpty()) {
      words.remove(words.size() - 1);
    }
    return words;
  }

  private static boolean compared(String value, String sign, String expected, Variables variables) {
    return switch (sign) {
      case "=" -> variables.text(expected).map(value::equals).orElse(false);
      case "!=" -> variables.text(expected).map(other -> !value.equals(other)).orElse(false);
      case "~", "~*" ->
          Regex.find(expected, sign.length() > 1, value)
              .map(
                  match -> {
                    variables.captured(expected, match);
                    return true;
                  })
              .orElse(false);
      case "!~", "!~*" -> Regex.find(expected, sign.length() > 2, value).isEmpty();
      default -> false;
    };
  }
}
