package io.pushgate.protocol;

/**
 * A text is not one JSON value as RFC 8259 defines it, or nests too deep. The peer did wrong, so it
 * carries no stack trace; the message ends with the 1-based column, counted in bytes.
 */
public final class JsonFault extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean tooDeep;

  JsonFault(String what, int column, boolean tooDeep) {
    super(what + " at column " + column, null, false, false);
    this.tooDeep = tooDeep;
  }

  /** Whether the text may well be JSON, but nests beyond {@link Limits#MAX_DEPTH}. */
  public boolean isTooDeep() {
    return tooDeep;
  }

  /** What went wrong and where, ready for the peer. */
  public String explanation() {
    return String.valueOf(getMessage());
  }
}
