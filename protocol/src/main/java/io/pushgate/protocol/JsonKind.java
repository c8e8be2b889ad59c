package io.pushgate.protocol;

/** The kinds of JSON values. */
public enum JsonKind {
  STRING("a string"),
  NUMBER("a number"),
  OBJECT("an object"),
  ARRAY("an array"),
  BOOLEAN("true or false"),
  NULL("null");

  private final String words;

  JsonKind(String words) {
    this.words = words;
  }

  /** As part of a sentence. */
  public String words() {
    return words;
  }

  /** The kind of the value that begins with this byte; the scanner has checked that one does. */
  static JsonKind of(byte first) {
    return switch (first) {
      case '"' -> STRING;
      case '{' -> OBJECT;
      case '[' -> ARRAY;
      case 't', 'f' -> BOOLEAN;
      case 'n' -> NULL;
      default -> NUMBER;
    };
  }
}
