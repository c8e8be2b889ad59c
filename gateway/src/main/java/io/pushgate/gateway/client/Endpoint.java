package io.pushgate.gateway.client;

import java.util.Set;

/** What the public port serves, by the path in front of the segment that names a user or nonce. */
enum Endpoint {
  WEBSOCKET("/api/v1/notifications/ws/", "GET"),
  SSE("/api/v1/notifications/sse/", "GET"),
  ACK("/api/v1/notifications/ack/", "POST"),
  PROBE("/api/v1/notifications/probe/", "GET"),
  /** Leads nowhere without {@code --echo}. */
  ECHO("/api/v1/notifications/echo", "GET"),
  /** The page and its scripts; their paths are their names. */
  FILE("/", "GET");

  private final String prefix;
  private final String method;

  Endpoint(String prefix, String method) {
    this.prefix = prefix;
    this.method = method;
  }

  String prefix() {
    return prefix;
  }

  /** The methods that a request may have: its own, and those that every server offers with it. */
  Set<String> methods() {
    return this == FILE ? Set.of("GET", "HEAD") : Set.of(method, "OPTIONS");
  }

  /** Whether it is a WebSocket that the request opens. */
  boolean isWebSocket() {
    return this == WEBSOCKET || this == ECHO;
  }

  /** Whether the last segment is the name of a user, on whose behalf the request is made. */
  boolean isUsers() {
    return this == WEBSOCKET || this == SSE || this == ACK;
  }

  /**
   * Whether the request opens a session, by which it takes {@code after}, {@code window} and {@code
   * cid}.
   */
  boolean isSession() {
    return this == WEBSOCKET || this == SSE;
  }
}
