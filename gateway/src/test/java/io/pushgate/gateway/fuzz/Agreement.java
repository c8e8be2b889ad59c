package io.pushgate.gateway.fuzz;

import java.util.Objects;

/** Compares what was found with what a reference says. Any thread. */
public final class Agreement {
  private Agreement() {}

  /** Fails where the two differ, and shows both. */
  public static void check(String what, Object expected, Object found) {
    if (!Objects.equals(expected, found)) {
      throw new AssertionError("%s%n expected %s%n found    %s".formatted(what, expected, found));
    }
  }
}
