package io.pushgate.gateway.config;

/**
 * A configuration record refused a value. It names the option and what was expected; where the
 * value came from is known only to {@link Settings}, which turns this into a {@link
 * ConfigException}.
 */
public final class InvalidOptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String option;
  private final String expected;

  /** Names the option without its dashes, the refused value, and what would have been right. */
  public InvalidOptionException(String option, Object value, String expected) {
    super(option + ": expected " + expected + ", not " + value);
    this.option = option;
    this.expected = expected;
  }

  /** The option's name without dashes, such as {@code max-payload}. */
  public String option() {
    return option;
  }

  /** What would have been accepted, to stand behind the word "expected". */
  public String expected() {
    return expected;
  }
}
