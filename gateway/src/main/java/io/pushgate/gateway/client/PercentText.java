package io.pushgate.gateway.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Percent-decoding (RFC 3986, section 2.1), once and of the whole: {@code +} stays {@code +}, and
 * {@code %2F} is a slash that separates nothing. Any thread.
 */
final class PercentText {
  private PercentText() {}

  /**
   * Decodes text whose characters stand for one byte each; empty where an escape is broken or the
   * bytes are not UTF-8.
   */
  static Optional<String> decode(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      int high = i + 2 < raw.length() ? digit(raw.charAt(i + 1)) : -1;
      int low = i + 2 < raw.length() ? digit(raw.charAt(i + 2)) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.write((high << 4) | low);
      i += 2;
    }
    return utf8(bytes.toByteArray());
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  /** ASCII alone: {@code Character.digit} would take digits of every script. */
  private static int digit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
