package io.pushgate.gateway.config;

/**
 * The value an option got, as it was written, and where from. Immutable.
 *
 * @param source {@code default}, {@code file x.conf:3}, {@code env PUSHGATE_X_Y} or {@code command
 *     line}
 */
public record Setting(String option, String text, String source) {
  static final String DEFAULT = "default";

  /** Whether nobody set the option. */
  public boolean isDefault() {
    return source.equals(DEFAULT);
  }
}
