package io.pushgate.protocol.client;

import org.jspecify.annotations.Nullable;

/** What an {@code error} frame says of something the client sent. The session lives on. */
public enum ClientErrorCode {
  BAD_FRAME("bad_frame"),
  BAD_CURSOR("bad_cursor"),
  UNAUTHORIZED("unauthorized"),
  RATE_LIMITED("rate_limited");

  private final String wire;

  ClientErrorCode(String wire) {
    this.wire = wire;
  }

  public String wire() {
    return wire;
  }

  /** Returns null for a code of a newer protocol. */
  public static @Nullable ClientErrorCode of(String wire) {
    for (ClientErrorCode code : values()) {
      if (code.wire.equals(wire)) {
        return code;
      }
    }
    return null;
  }
}
