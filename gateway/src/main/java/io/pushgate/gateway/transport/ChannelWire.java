package io.pushgate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wire over a Netty channel, the last handler of its pipeline. <em>Event loop only.</em>
 *
 * <p>One write is outstanding at a time and holds a copy of what was taken, so a socket that takes
 * nothing costs {@value #MAX_PIECE} bytes and pins no shared memory. A write that is done when it
 * returns, as most are on epoll and NIO, is followed by the next; another one, as all are on
 * io_uring, makes the wire full until it is done.
 */
final class ChannelWire extends ChannelInboundHandlerAdapter implements Wire {
  private static final Logger log = LoggerFactory.getLogger(ChannelWire.class);

  static final int MAX_PIECE = 16 * 1024;

  private enum State {
    /** What arrives is kept for the receiver to come; nothing more is read after the first. */
    WAITING,
    OPEN,
    /** Nothing more is taken; after the outstanding write our direction ends. */
    CLOSING,
    /** The receiver was told, or there never was one. */
    LOST
  }

  private final Channel channel;
  private final Queue<ByteBuf> early = new ArrayDeque<>(1);
  private final Runnable closed;
  private final ChannelFutureListener written = this::written;
  private State state = State.WAITING;
  private @Nullable Receiver receiver;
  private boolean full;

  /**
   * @param closed told once when the channel is closed
   */
  ChannelWire(Channel channel, Runnable closed) {
    this.channel = channel;
    this.closed = closed;
  }

  @Override
  public void open(Receiver receiver) {
    assert loop().inEventLoop();
    this.receiver = receiver;
    if (state == State.LOST) {
      receiver.lost();
      return;
    }
    state = State.OPEN;
    channel.config().setAutoRead(true); // First: what is delivered may make the receiver stop it.
    for (ByteBuf bytes = early.poll(); bytes != null; bytes = early.poll()) {
      deliver(bytes);
    }
    if (state == State.OPEN && !channel.isActive()) {
      lose();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(message);
      throw new IllegalStateException("a wire carries bytes, not " + message.getClass());
    }
    switch (state) {
      case WAITING -> {
        early.add(bytes);
        channel.config().setAutoRead(false);
      }
      case OPEN, CLOSING -> deliver(bytes);
      case LOST -> bytes.release();
    }
  }

  private void deliver(ByteBuf bytes) {
    try {
      if (receiver != null && state != State.LOST) {
        receiver.received(bytes);
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public int write(ByteBuf bytes, int index, int length) {
    assert loop().inEventLoop();
    int taken = 0;
    while (taken < length && !full && state == State.OPEN) {
      int piece = Math.min(length - taken, MAX_PIECE);
      ByteBuf copy = channel.alloc().ioBuffer(piece, piece);
      copy.writeBytes(bytes, index + taken, piece);
      ChannelFuture write = channel.writeAndFlush(copy);
      taken += piece;
      if (!write.isDone()) {
        full = true;
        write.addListener(written);
      }
    }
    return taken;
  }

  private void written(ChannelFuture write) {
    full = false;
    if (!write.isSuccess()) {
      channel.close();
    } else if (state == State.CLOSING) {
      endOutput();
    } else if (state == State.OPEN && receiver != null) {
      receiver.writable();
    }
  }

  @Override
  public void reading(boolean on) {
    channel.config().setAutoRead(on);
  }

  @Override
  public void finish() {
    assert loop().inEventLoop();
    if (state == State.OPEN) {
      state = State.CLOSING;
      if (!full) {
        endOutput();
      }
    }
  }

  /**
   * Ends our direction and leaves the other to the peer: a plain close with unread bytes in the
   * kernel is a reset, which may overtake the last frames (RFC 6455, section 7.1.1).
   */
  private void endOutput() {
    ((DuplexChannel) channel).shutdownOutput();
  }

  @Override
  public void abort() {
    channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lose();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    lose();
  }

  private void lose() {
    if (state == State.LOST) {
      return;
    }
    state = State.LOST;
    for (ByteBuf bytes = early.poll(); bytes != null; bytes = early.poll()) {
      bytes.release();
    }
    closed.run();
    if (receiver != null) {
      receiver.lost();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A reset connection is everyday life; anything else is ours to know of.
    if (cause instanceof IOException) {
      log.debug("session socket failed: {}", cause.toString());
    } else {
      log.error("session failed", cause);
    }
    ctx.close();
  }

  @Override
  public EventLoop loop() {
    return channel.eventLoop();
  }
}
