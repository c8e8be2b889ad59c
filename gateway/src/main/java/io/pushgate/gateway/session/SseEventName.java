package io.pushgate.gateway.session;

import io.pushgate.protocol.client.ServerFrame;

/** The {@code event} of a server-sent event is its frame's {@code op}. */
final class SseEventName implements ServerFrame.Cases<String> {
  private static final SseEventName NAMES = new SseEventName();

  private SseEventName() {}

  static String of(ServerFrame frame) {
    return frame.match(NAMES);
  }

  @Override
  public String welcome(ServerFrame.Welcome frame) {
    return "welcome";
  }

  @Override
  public String notification(ServerFrame.Notification frame) {
    return "notification";
  }

  @Override
  public String recall(ServerFrame.Recall frame) {
    return "recall";
  }

  @Override
  public String gap(ServerFrame.Gap frame) {
    return "gap";
  }

  @Override
  public String acked(ServerFrame.Acked frame) {
    return "acked";
  }

  @Override
  public String authenticated(ServerFrame.Authenticated frame) {
    return "authenticated";
  }

  @Override
  public String pong(ServerFrame.Pong frame) {
    return "pong";
  }

  @Override
  public String reconnect(ServerFrame.Reconnect frame) {
    return "reconnect";
  }

  @Override
  public String error(ServerFrame.Error frame) {
    return "error";
  }
}
