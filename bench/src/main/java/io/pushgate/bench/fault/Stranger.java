package io.pushgate.bench.fault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One connection of a crowd. The thread of its crowd, or under its lock. */
final class Stranger {
  private static final int RECEIVE_BUFFER = 16 << 10;

  private final Conduct conduct;
  private final SocketChannel channel;
  private final ByteBuffer opening;
  private final ByteBuffer rest;
  private long sinceNanos;
  private boolean connected;
  private boolean told;
  private boolean left;
  private boolean over;

  Stranger(Conduct conduct, int number, InetSocketAddress address) throws IOException {
    this.conduct = conduct;
    opening = ByteBuffer.wrap(conduct.opening().apply(number));
    rest = conduct.rest().asReadOnlyBuffer();
    channel = SocketChannel.open();
    try {
      if (conduct.readPerTick() < Conduct.ALL) {
        // Small, so that what is not read stays with the gateway as over a thin line.
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      }
      channel.configureBlocking(false);
      channel.connect(address);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  boolean isOver() {
    return over;
  }

  /** Whether it ended by itself. */
  boolean hasLeft() {
    return left;
  }

  boolean wasConnected() {
    return connected;
  }

  /** Whether it ever read anything. */
  boolean wasTold() {
    return told;
  }

  long connectedNanos() {
    return connected ? System.nanoTime() - sinceNanos : 0;
  }

  /** One tick; returns how many bytes it read. */
  int turn(ByteBuffer chunk) {
    try {
      if (!connected) {
        connected = channel.finishConnect();
        sinceNanos = System.nanoTime();
      } else if (conduct.leaving() != Conduct.Leaving.NEVER && !opening.hasRemaining()) {
        leave();
        return 0;
      }
      if (connected) {
        send();
        return read(chunk);
      }
    } catch (IOException e) {
      // A reset, or a refusal: what a gateway may do to such a peer.
      close();
    }
    return 0;
  }

  private void leave() throws IOException {
    left = true;
    if (conduct.leaving() == Conduct.Leaving.RESET) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    close();
  }

  private void send() throws IOException {
    if (opening.hasRemaining()) {
      channel.write(opening);
      return;
    }
    int left = rest.capacity() == 0 ? 0 : conduct.perTick();
    while (left > 0) {
      if (!rest.hasRemaining()) {
        rest.clear();
      }
      int most = Math.min(left, rest.remaining());
      int sent = channel.write(rest.duplicate().limit(rest.position() + most));
      rest.position(rest.position() + sent);
      left -= sent;
      if (sent < most) {
        return;
      }
    }
  }

  private int read(ByteBuffer chunk) throws IOException {
    int sum = 0;
    int read = 1;
    while (read > 0 && sum < conduct.readPerTick()) {
      chunk.clear().limit(Math.min(chunk.capacity(), conduct.readPerTick() - sum));
      read = channel.read(chunk);
      sum += Math.max(0, read);
      told |= read > 0;
    }
    if (read < 0) {
      close();
    }
    return sum;
  }

  /** The end of this one, by whom ever. */
  void close() {
    over = true;
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone all the same.
      over = true;
    }
  }
}
