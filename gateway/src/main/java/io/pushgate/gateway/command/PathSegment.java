package io.pushgate.gateway.command;

import java.nio.charset.StandardCharsets;

/** A name as one segment of a path. Any thread. */
final class PathSegment {
  private PathSegment() {}

  /** Percent-encodes all but RFC 3986's unreserved characters, so that one segment stays one. */
  static String of(String name) {
    StringBuilder segment = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean unreserved =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || "-._~".indexOf(b) >= 0;
      segment.append(unreserved ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xFF));
    }
    return segment.toString();
  }
}
