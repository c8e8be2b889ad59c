package io.pushgate.gateway.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the user out of a request's target by regular expressions: slow, and plain enough to be
 * believed. Any thread.
 */
final class SlowPath {
  private static final Pattern OF_USER =
      Pattern.compile(
          "(?:(?i:http)://[^/]*)?/api/v1/notifications/(?:ws|sse|ack)/([^/?]+)(?:\\?.*)?",
          Pattern.DOTALL);

  private static final Pattern ESCAPE = Pattern.compile("%([0-9a-fA-F]{2})");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");
  private static final Set<String> RESERVED = Set.of("*", "me");
  private static final Set<String> DOTS = Set.of(".", "..");
  private static final int MAX_BYTES = 254;

  private SlowPath() {}

  /** The user that a target names, empty where it names none; each character is one byte. */
  static Optional<String> user(String target) {
    Matcher path = OF_USER.matcher(target);
    return path.matches() && !DOTS.contains(path.group(1))
        ? decode(path.group(1)).filter(SlowPath::isName)
        : Optional.empty();
  }

  /** The text without its escapes, empty where they are none or stand for no text. */
  static Optional<String> decode(String raw) {
    if (ESCAPE.matcher(raw).replaceAll("").indexOf('%') >= 0) {
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher escape = ESCAPE.matcher(raw);
    int from = 0;
    while (escape.find()) {
      bytes.writeBytes(raw.substring(from, escape.start()).getBytes(StandardCharsets.ISO_8859_1));
      bytes.write(Integer.parseInt(escape.group(1), 16));
      from = escape.end();
    }
    bytes.writeBytes(raw.substring(from).getBytes(StandardCharsets.ISO_8859_1));
    try {
      ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(all).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  private static boolean isName(String text) {
    return !RESERVED.contains(text)
        && !CONTROL.matcher(text).find()
        && text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }
}
