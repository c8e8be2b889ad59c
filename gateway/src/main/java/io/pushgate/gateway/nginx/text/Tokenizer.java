package io.pushgate.gateway.nginx.text;

import io.pushgate.gateway.nginx.text.Token.Kind;

/**
 * Cuts one file into words and marks, as nginx does: quotes count only at the beginning of a word,
 * {@code #} and a closing brace only there too, and <code>${</code> opens no block. One thread.
 */
final class Tokenizer {
  private final String file;
  private final String text;
  private int at;
  private int line = 1;

  Tokenizer(String file, String text) {
    this.file = file;
    this.text = text;
  }

  String file() {
    return file;
  }

  NginxSyntaxException fault(String problem) {
    return new NginxSyntaxException(problem, file, line);
  }

  Token next() throws NginxSyntaxException {
    skipBlanks();
    if (at == text.length()) {
      return new Token(Kind.END, "", line);
    }
    char first = text.charAt(at);
    return switch (first) {
      case ';' -> mark(Kind.SEMICOLON);
      case '{' -> mark(Kind.OPEN);
      case '}' -> mark(Kind.CLOSE);
      case '"', '\'' -> quoted(first);
      default -> word();
    };
  }

  /**
   * The text of a block in another language, behind its opening brace and up to its closing one.
   */
  String opaqueBlock() throws NginxSyntaxException {
    int end = LuaText.endOfBlock(text, at);
    if (end < 0) {
      throw fault("unexpected end of file, expecting the end of a Lua block");
    }
    String inside = text.substring(at, end);
    line += (int) inside.chars().filter(c -> c == '\n').count();
    at = end + 1;
    return inside;
  }

  private void skipBlanks() {
    boolean comment = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\n') {
        line++;
        comment = false;
      } else if (c == '#') {
        comment = true;
      } else if (!comment && !isBlank(c)) {
        return;
      }
    }
  }

  private Token mark(Kind kind) {
    return new Token(kind, text.substring(at, ++at), line);
  }

  private Token word() {
    int begin = at;
    boolean variable = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (isBlank(c) || c == ';' || (c == '{' && !variable)) {
        break;
      }
      variable = c == '$';
      if (c == '\\' && at + 1 < text.length()) {
        at++;
      }
    }
    return token(begin, at);
  }

  private Token quoted(char quote) throws NginxSyntaxException {
    int begin = ++at;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      at = text.length();
      throw fault("unexpected end of file, expecting " + quote);
    }
    Token token = token(begin, at);
    at++;
    if (at < text.length() && " \t\r\n;{)".indexOf(text.charAt(at)) < 0) {
      throw fault("unexpected \"%c\" behind a quote".formatted(text.charAt(at)));
    }
    return token;
  }

  private Token token(int begin, int end) {
    String raw = text.substring(begin, end);
    Token token = new Token(Kind.WORD, unescaped(raw), line);
    line += (int) raw.chars().filter(c -> c == '\n').count();
    return token;
  }

  /** An unknown escape stays as it is written, so that regular expressions need no doubled ones. */
  private static String unescaped(String raw) {
    StringBuilder plain = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      char escaped = c == '\\' && i + 1 < raw.length() ? raw.charAt(i + 1) : 0;
      int known = "\"'\\trn".indexOf(escaped);
      if (escaped == 0 || known < 0) {
        plain.append(c);
      } else {
        plain.append("\"'\\\t\r\n".charAt(known));
        i++;
      }
    }
    return plain.toString();
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
