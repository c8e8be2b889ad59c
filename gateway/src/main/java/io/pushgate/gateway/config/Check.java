package io.pushgate.gateway.config;

import java.time.Duration;

/** The range checks of the configuration records, in the words of the option concerned. */
final class Check {
  private Check() {}

  static void range(String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw new InvalidOptionException(option, value, "a number from " + min + " to " + max);
    }
  }

  static void size(String option, long bytes, long min, long max) {
    if (bytes < min || bytes > max) {
      throw new InvalidOptionException(
          option,
          bytes,
          "a size from " + Literals.formatSize(min) + " to " + Literals.formatSize(max));
    }
  }

  static void duration(String option, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new InvalidOptionException(
          option, value, "a time from " + Literals.format(min) + " to " + Literals.format(max));
    }
  }
}
