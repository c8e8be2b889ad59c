package io.pushgate.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A kind of value: how its text is read, and what the error says where the text is none. Immutable.
 *
 * @param parse throws an {@link IllegalArgumentException} for what is no such value
 * @param expected stands behind the word "expected"
 */
record ValueType<T>(Function<String, T> parse, String expected) {
  static final ValueType<String> TEXT = new ValueType<>(Function.identity(), "text");
  static final ValueType<Integer> NUMBER = new ValueType<>(ValueType::number, "a number");
  static final ValueType<Boolean> FLAG = new ValueType<>(ValueType::flag, "true or false");
  static final ValueType<Long> SIZE =
      new ValueType<>(Literals::size, "a size such as 500, 64KiB or 1MiB");
  static final ValueType<Duration> DURATION =
      new ValueType<>(Literals::duration, "a time such as 500ms, 25s, 10m or 7d");
  static final ValueType<Optional<Duration>> OPTIONAL_DURATION =
      new ValueType<>(
          text -> text.isEmpty() ? Optional.empty() : Optional.of(Literals.duration(text)),
          DURATION.expected());
  static final ValueType<Path> DIRECTORY = new ValueType<>(ValueType::directory, "a directory");
  static final ValueType<Optional<Path>> OPTIONAL_FILE =
      new ValueType<>(
          text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)), "a file");
  static final ValueType<Optional<String>> OPTIONAL_TEXT =
      new ValueType<>(text -> text.isEmpty() ? Optional.empty() : Optional.of(text), "text");
  static final ValueType<AllowedOrigins> ORIGINS =
      new ValueType<>(
          AllowedOrigins::parse, "origins such as https://app.example.com, separated by commas");
  static final ValueType<TrustedProxies> ADDRESS_BLOCKS =
      new ValueType<>(
          TrustedProxies::parse, "addresses or blocks such as 10.0.0.0/8, separated by commas");

  /** One of an enum's constants, written in lower case. */
  static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
    E[] constants = type.getEnumConstants();
    return new ValueType<>(
        text ->
            Arrays.stream(constants)
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new),
        Arrays.stream(constants).map(ValueType::word).collect(Collectors.joining(" or ")));
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  // Integer.valueOf alone would also take a plus sign and the digits of other scripts.
  private static Integer number(String text) {
    if (!text.matches("-?[0-9]{1,10}")) {
      throw new IllegalArgumentException();
    }
    return Integer.valueOf(text);
  }

  // The empty path would be whatever directory the process was started in.
  private static Path directory(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException();
    }
    return Path.of(text);
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }
}
