package io.pushgate.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Why a session ends: the status code of a WebSocket Close frame (RFC 6455, section 7.4) and, as
 * the reason of the frame and the name in an SSE {@code error} event, its name.
 */
public enum CloseCode {
  /** The peer said goodbye and is answered in kind. */
  NORMAL(1000, "normal"),
  SHUTDOWN(1001, "shutdown"),
  PROTOCOL_ERROR(1002, "protocol_error"),
  UNSUPPORTED_DATA(1003, "unsupported_data"),
  INVALID_PAYLOAD(1007, "invalid_payload"),
  POLICY(1008, "policy"),
  TOO_LARGE(1009, "too_large"),
  /** The gateway is drained: come back, another one or a new process answers. */
  DRAIN(1012, "drain"),
  OVERLOADED(1013, "overloaded"),
  TOKEN_EXPIRED(4401, "token_expired"),
  FORBIDDEN_USER(4403, "forbidden_user"),
  HEARTBEAT_MISSED(4408, "heartbeat_missed"),
  /** The oldest session of a user who opened more than are allowed. */
  REPLACED(4409, "replaced"),
  TOO_MANY_FRAMES(4429, "too_many_frames");

  private final int code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  /**
   * Whether a client comes back by itself; after {@link #TOKEN_EXPIRED} it needs a fresh token
   * first.
   */
  public boolean comesBack() {
    return this != POLICY && this != FORBIDDEN_USER && this != REPLACED;
  }

  /** Returns null for a code that the gateway never sends. */
  public static @Nullable CloseCode of(int code) {
    for (CloseCode known : values()) {
      if (known.code == code) {
        return known;
      }
    }
    return null;
  }
}
