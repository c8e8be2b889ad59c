package io.pushgate.gateway.nginx.text;

/** A word or a mark of a configuration file, and the line it begins on. Immutable. */
record Token(Kind kind, String text, int line) {

  /** What nginx's grammar tells apart. */
  enum Kind {
    WORD,
    SEMICOLON,
    OPEN,
    CLOSE,
    END
  }
}
