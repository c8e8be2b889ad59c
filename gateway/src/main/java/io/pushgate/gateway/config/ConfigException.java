package io.pushgate.gateway.config;

/** The configuration cannot be used; the message is one line for the operator. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Takes the line as it is printed: option, value, expectation and where the value came from. */
  public ConfigException(String message) {
    super(message);
  }
}
