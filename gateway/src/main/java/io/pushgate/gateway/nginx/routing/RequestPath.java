package io.pushgate.gateway.nginx.routing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** The form of a request's path that nginx compares with its configuration. Stateless. */
public final class RequestPath {
  private RequestPath() {}

  /** Without query, escapes decoded, doubled slashes merged, dots resolved. */
  public static String normalised(String target) {
    String decoded = decoded(target.split("[?#]", 2)[0]);
    Deque<String> segments = new ArrayDeque<>();
    String[] parts = decoded.split("/", -1);
    for (String part : parts) {
      if (part.equals("..")) {
        segments.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        segments.addLast(part);
      }
    }
    String last = parts[parts.length - 1];
    boolean folder = last.isEmpty() || last.equals(".") || last.equals("..");
    String joined = "/" + String.join("/", segments);
    return folder && !segments.isEmpty() ? joined + "/" : joined;
  }

  /** What is no whole escape stays as it is. */
  private static String decoded(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      boolean escape = c == '%' && raw.substring(i).matches("(?s)%[0-9A-Fa-f]{2}.*");
      if (escape) {
        bytes.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
