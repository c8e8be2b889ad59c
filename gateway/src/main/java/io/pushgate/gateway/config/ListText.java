package io.pushgate.gateway.config;

import java.util.Arrays;
import java.util.List;

/** A comma-separated option value; spaces around an entry do not count, an empty value has none. */
final class ListText {
  private ListText() {}

  static List<String> split(String text) {
    return text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::trim).toList();
  }
}
