package io.pushgate.gateway.transport;

import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A peer that sends so much that a server which does not read holds it up. */
final class PeerStream extends Thread {
  private static final int PIECE = 64 * 1024;
  private static final int LOOKS = 50;

  private final WirePeer peer;
  private final int total;
  private volatile int sent;

  PeerStream(WirePeer peer, int total) {
    super("peer-stream");
    this.peer = peer;
    this.total = total;
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      for (int count = 0; count < total; count += PIECE) {
        peer.send(new byte[PIECE]);
        sent = count + PIECE;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int total() {
    return total;
  }

  /** Waits until it gets on no more, though the wire's loop has many turns. */
  void awaitStuck(ServedWire wire) {
    int[] looks = {0, -1};
    Waiting.until(
        () -> "sent " + sent,
        () -> {
          wire.turns();
          if (sent == total) {
            throw new AssertionError("nothing held the peer up");
          }
          looks[0] = sent > 0 && sent == looks[1] ? looks[0] + 1 : 0;
          looks[1] = sent;
          return looks[0] == LOOKS;
        });
  }
}
