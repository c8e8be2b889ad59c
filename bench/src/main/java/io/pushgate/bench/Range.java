package io.pushgate.bench;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The bounds of an option that is a number. */
final class Range {
  private Range() {}

  /**
   * Lets a number within the bounds pass, which belong to them.
   *
   * @throws ParameterException otherwise, which names the option
   */
  static void check(CommandSpec spec, String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: %,d is not within %,d and %,d".formatted(option, value, min, max));
    }
  }
}
