package io.pushgate.gateway.conformance;

/** What lies behind a handshake: the two that read a client's frames. */
enum Path {
  SESSION("/api/v1/notifications/ws/alice"),
  ECHO("/api/v1/notifications/echo");

  private final String target;

  Path(String target) {
    this.target = target;
  }

  String target() {
    return target;
  }
}
