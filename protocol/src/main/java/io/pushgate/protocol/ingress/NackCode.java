package io.pushgate.protocol.ingress;

import org.jspecify.annotations.Nullable;

/** Why a publisher's request was not taken. */
public enum NackCode {
  BAD_REQUEST("bad_request"),
  TOO_LARGE("too_large"),
  /** The notification to recall or to tell of is not held, or not known. */
  NOT_FOUND("not_found"),
  OVERLOADED("overloaded"),
  DRAINING("draining"),
  /**
   * The journal can't take it; it may have been taken for some, and a repeat with the same id
   * completes it.
   */
  UNAVAILABLE("unavailable"),
  /** The connection is closed behind it. */
  UNAUTHORIZED("unauthorized");

  private final String wire;

  NackCode(String wire) {
    this.wire = wire;
  }

  public String wire() {
    return wire;
  }

  /** Returns null for a code of a newer protocol. */
  public static @Nullable NackCode of(String wire) {
    for (NackCode code : values()) {
      if (code.wire.equals(wire)) {
        return code;
      }
    }
    return null;
  }
}
