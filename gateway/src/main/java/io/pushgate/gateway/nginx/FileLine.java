package io.pushgate.gateway.nginx;

/** A place in a configuration, lines counted from 1. Immutable. */
public record FileLine(String file, int line) {
  static FileLine of(Directive directive) {
    return new FileLine(directive.file(), directive.line());
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
