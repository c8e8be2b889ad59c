package io.pushgate.gateway.nginx.text;

/** Finds where a block of Lua ends: braces in its strings and comments do not count. Stateless. */
final class LuaText {
  private LuaText() {}

  /** Where the brace is that closes the block opened before {@code begin}; -1 where none is. */
  static int endOfBlock(String text, int begin) {
    int open = 1;
    for (int at = begin; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '{') {
        open++;
      } else if (c == '}' && --open == 0) {
        return at;
      } else if (c == '"' || c == '\'') {
        at = endOfString(text, at);
      } else if (c == '-' && text.startsWith("--", at)) {
        int brackets = endOfLongBrackets(text, at + 2);
        at = brackets >= 0 ? brackets : endOfLine(text, at);
      } else if (c == '[') {
        at = Math.max(at, endOfLongBrackets(text, at));
      }
    }
    return -1;
  }

  private static int endOfString(String text, int begin) {
    int at = begin + 1;
    while (at < text.length() && text.charAt(at) != text.charAt(begin)) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }

  private static int endOfLine(String text, int begin) {
    int end = text.indexOf('\n', begin);
    return end < 0 ? text.length() : end;
  }

  /** The last character of {@code [[...]]} or {@code [=[...]=]} at this place; -1 where none is. */
  private static int endOfLongBrackets(String text, int begin) {
    int at = begin + 1;
    while (at < text.length() && text.charAt(at) == '=') {
      at++;
    }
    if (!text.startsWith("[", begin) || !text.startsWith("[", at)) {
      return -1;
    }
    String closing = "]" + "=".repeat(at - begin - 1) + "]";
    int end = text.indexOf(closing, at);
    return end < 0 ? text.length() : end + closing.length() - 1;
  }
}
