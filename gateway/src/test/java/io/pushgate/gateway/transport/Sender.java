package io.pushgate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.pushgate.gateway.testing.Waiting;
import java.util.Random;

/**
 * Offers a long stream to a wire in pieces of random sizes, as its socket takes them. What it sends
 * is known at every place, so that its reader finds a byte that is lost, doubled or moved.
 */
final class Sender {
  private static final int MAX_PIECE = 40_000;

  private final ServedWire served;
  private final long total;
  private final Runnable done;
  private final Random sizes;
  private long taken;
  private boolean full;

  /**
   * @param done runs on the loop when the last byte was taken
   */
  private Sender(ServedWire served, long total, long seed, Runnable done) {
    this.served = served;
    this.total = total;
    this.sizes = new Random(seed);
    this.done = done;
  }

  static Sender start(ServedWire served, long total, long seed, Runnable done) {
    Sender sender = new Sender(served, total, seed, done);
    served.run(
        () -> {
          served.onWritable(sender::writable);
          sender.send();
        });
    return sender;
  }

  /** The byte at a place of the stream. */
  static byte at(long place) {
    return (byte) ((place * 0x9E3779B97F4A7C15L) >>> 56);
  }

  private void writable() {
    if (!full) {
      throw new IllegalStateException("writable, and never was full");
    }
    full = false;
    send();
  }

  private void send() {
    ByteBuf piece = UnpooledByteBufAllocator.DEFAULT.directBuffer(MAX_PIECE);
    byte[] bytes = new byte[MAX_PIECE];
    try {
      while (taken < total && !full) {
        int length = (int) Math.min(total - taken, 1 + sizes.nextInt(MAX_PIECE));
        int index = sizes.nextInt(MAX_PIECE - length + 1);
        for (int i = 0; i < length; i++) {
          bytes[i] = at(taken + i);
        }
        piece.setBytes(index, bytes, 0, length);
        int part = served.wire().write(piece, index, length);
        piece.setZero(0, MAX_PIECE); // The wire may not look at it any more.
        taken += part;
        full = part < length;
      }
    } finally {
      piece.release();
    }
    if (taken == total) {
      done.run();
    }
  }

  long taken() {
    return served.ask(() -> taken);
  }

  /** Waits until the socket takes no more although its loop had many turns. */
  Sender stuck() {
    long[] before = {-1};
    Waiting.until(
        "the socket is full",
        () -> {
          served.turns();
          long now = taken();
          boolean still = now == before[0] && served.ask(() -> full);
          before[0] = now;
          return still;
        });
    return this;
  }
}
