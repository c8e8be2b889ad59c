package io.pushgate.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The name of a user: an e-mail address or any other text of 1 to 254 UTF-8 bytes without control
 * characters. {@code *} and {@code me} are reserved. Names are compared byte for byte: neither case
 * nor Unicode form is folded. Immutable.
 */
public record UserId(String value) {
  public UserId {
    String fault = fault(value);
    if (fault != null) {
      throw new IllegalArgumentException("user name " + fault);
    }
  }

  /** Throws an IllegalArgumentException whose message names the fault. */
  public static UserId of(String value) {
    return new UserId(value);
  }

  /**
   * Says what keeps a text from being a user's name, as the end of a sentence; null when nothing
   * does.
   */
  public static @Nullable String fault(String value) {
    if (value.equals("*") || value.equals("me")) {
      return "'" + value + "' is reserved";
    }
    return Names.fault(value, Limits.MAX_USER_BYTES);
  }

  @Override
  public String toString() {
    return value;
  }
}
