package io.pushgate.gateway.command;

import org.jspecify.annotations.Nullable;

/** The gateway could not start; the message is one line for the operator and names what failed. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Takes the line as it is printed, such as {@code public port 127.0.0.1:8000 is in use}. */
  public StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
