package io.pushgate.gateway.http;

/**
 * What a peer sent, made fit for a log line or an error: quoted, cut, and with everything but
 * printable ASCII escaped. Any thread.
 */
public final class Quoted {
  private static final int MAX_CHARS = 200;

  private Quoted() {}

  /** The same of what holds a request's target: without its query, in which a token may stand. */
  public static String target(String text) {
    int query = text.indexOf('?');
    return query < 0 ? text(text) : text(text.substring(0, query + 1) + "...");
  }

  /** The text in single quotes, at most 200 characters of it. */
  public static String text(CharSequence text) {
    StringBuilder quoted = new StringBuilder(Math.min(text.length(), MAX_CHARS) + 3).append('\'');
    for (int i = 0; i < text.length() && i < MAX_CHARS; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x7f && c != '\'' && c != '\\') {
        quoted.append(c);
      } else {
        quoted.append("\\u%04x".formatted((int) c));
      }
    }
    return quoted.append(text.length() > MAX_CHARS ? "...'" : "'").toString();
  }
}
