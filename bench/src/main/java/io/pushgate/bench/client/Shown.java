package io.pushgate.bench.client;

/** How text of a peer is shown: cut, and everything but printable ASCII escaped. Any thread. */
final class Shown {
  private Shown() {}

  static String text(String value, int maxLength) {
    StringBuilder out = new StringBuilder(Math.min(value.length(), maxLength) + 1);
    for (int i = 0; i < value.length() && i < maxLength; i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c < 0x7f) {
        out.append(c);
      } else {
        out.append("\\u%04x".formatted((int) c));
      }
    }
    return value.length() > maxLength ? out.append("…").toString() : out.toString();
  }
}
