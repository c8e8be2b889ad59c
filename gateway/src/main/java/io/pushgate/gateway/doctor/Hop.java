package io.pushgate.gateway.doctor;

/** The stations of a WebSocket, in its order. */
public enum Hop {
  CLIENT,
  DNS,
  TLS,
  NGINX,
  GATEWAY,
  TUNNEL
}
