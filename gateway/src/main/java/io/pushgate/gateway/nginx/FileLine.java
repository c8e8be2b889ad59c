package io.pushgate.gateway.nginx;

/** A place in a configuration, lines counted from 1. Immutable. */
public record FileLine(String file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
