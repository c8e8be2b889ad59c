package io.pushgate.bench.client;

/**
 * The server sent what no WebSocket server may send. Carries no stack trace: the peer did wrong.
 */
final class ProtocolFault extends Exception {
  private static final long serialVersionUID = 1;

  ProtocolFault(String message) {
    super(message, null, false, false);
  }
}
