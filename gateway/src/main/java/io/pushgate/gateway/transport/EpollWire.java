package io.pushgate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wire that is a bare descriptor on an epoll loop. The handshake was a channel's; from {@link
 * #open} on that channel is shed: it leaves its loop without being closed, and its descriptor is
 * registered again with this object, so that an idle session costs none of a channel's memory and a
 * write is one system call from the run's own address. <em>Event loop only.</em>
 *
 * <p>Level-triggered: each event reads once, and what is left comes as the next event.
 */
final class EpollWire implements Wire, EpollIoHandle {
  private static final Logger log = LoggerFactory.getLogger(EpollWire.class);

  private static final EpollIoOps READ = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP);

  /** EPOLLERR and EPOLLHUP are always told. */
  private static final EpollIoOps NOTHING = EpollIoOps.EPOLLERR;

  private enum State {
    /** The channel still has the descriptor; its last handler keeps what arrives. */
    WAITING,
    OPEN,
    /** Our direction has ended, or a write failed: nothing more is taken. */
    CLOSING,
    /** The descriptor is closed and the receiver was told. */
    LOST
  }

  private final Socket socket;
  private final IoEventLoop loop;
  private final ReadBuffer readBuffer;
  private final Runnable closed;
  private State state = State.WAITING;
  private @Nullable EarlyBytes early;
  private @Nullable Receiver receiver;
  private @Nullable IoRegistration registration;
  private boolean reading = true;
  private boolean full;

  /**
   * Begins to keep what arrives on the channel, whose outbound buffer must be empty.
   *
   * @param closed told once when the descriptor is closed
   */
  EpollWire(EpollSocketChannel channel, ReadBuffer readBuffer, Runnable closed) {
    this.socket = (Socket) channel.fd();
    this.loop = (IoEventLoop) channel.eventLoop();
    this.readBuffer = readBuffer;
    this.closed = closed;
    this.early = EarlyBytes.of(channel, this::arrived, this::end);
  }

  /** What the channel still reads while it leaves its loop. */
  private void arrived(ByteBuf bytes) {
    if (receiver != null && state != State.LOST) {
      receiver.received(bytes);
    }
  }

  @Override
  public void open(Receiver receiver) {
    assert loop.inEventLoop();
    EarlyBytes kept = early;
    if (kept == null) {
      throw new IllegalStateException("opened twice");
    }
    this.receiver = receiver;
    early = null;
    if (state == State.LOST) {
      receiver.lost();
      return;
    }
    state = State.OPEN;
    kept.deliver();
    kept.channel().deregister().addListener(done -> adopt());
  }

  private void adopt() {
    if (!socket.isOpen()) {
      end(); // The channel met the peer's end on its way out, and its last handler is not told.
    } else if (state != State.LOST) {
      loop.register(this).addListener(this::adopted);
    }
  }

  private void adopted(Future<? super IoRegistration> done) {
    registration = (IoRegistration) done.getNow();
    if (registration == null) {
      log.error("session socket could not be registered", done.cause());
      end();
    } else if (state == State.LOST) {
      registration.cancel();
    } else {
      listen();
    }
  }

  /** Tells epoll what is waited for. */
  private void listen() {
    if (registration != null && state != State.LOST) {
      EpollIoOps ops = reading ? READ : NOTHING;
      registration.submit(full ? ops.with(EpollIoOps.EPOLLOUT) : ops);
    }
  }

  @Override
  public void handle(IoRegistration source, IoEvent event) {
    EpollIoOps ops = ((EpollIoEvent) event).ops();
    try {
      if (full && ops.contains(EpollIoOps.EPOLLOUT)) {
        full = false;
        listen();
        writable();
      }
      if (state != State.LOST && !ops.equals(EpollIoOps.EPOLLOUT)) {
        read(); // Also for an error or a hang-up: the call says which.
      }
    } catch (IOException e) {
      log.debug("session socket failed: {}", e.toString());
      end();
    } catch (RuntimeException | Error e) {
      log.error("session failed", e);
      end();
    }
  }

  private void writable() {
    if (state == State.OPEN && receiver != null) {
      receiver.writable();
    }
  }

  private void read() throws IOException {
    ByteBuf bytes = readBuffer.get().clear();
    int count = socket.recvAddress(bytes.memoryAddress(), 0, bytes.capacity());
    if (count < 0) {
      end();
    } else if (count > 0) {
      arrived(bytes.writerIndex(count));
    }
  }

  @Override
  public int write(ByteBuf bytes, int index, int length) {
    assert loop.inEventLoop();
    // A channel on its way out may close: the number may be another connection's by now.
    if (state != State.OPEN || full || length == 0 || !socket.isOpen()) {
      return 0;
    }
    try {
      int taken = socket.sendAddress(bytes.memoryAddress(), index, index + length);
      if (taken < length) {
        full = true;
        listen();
      }
      return taken;
    } catch (IOException e) {
      log.debug("session socket failed: {}", e.toString());
      state = State.CLOSING;
      loop.execute(this::end); // Not now: the receiver is in the middle of its own step.
      return 0;
    }
  }

  @Override
  public void reading(boolean on) {
    if (reading != on) {
      reading = on;
      listen();
    }
  }

  @Override
  public void finish() {
    assert loop.inEventLoop();
    if (state == State.OPEN) {
      state = State.CLOSING;
      try {
        socket.shutdown(false, true);
      } catch (IOException | NotYetConnectedException gone) {
        // ENOTCONN, which Netty throws as the latter: the peer has reset the connection by now.
        loop.execute(this::end);
      }
    }
  }

  @Override
  public void abort() {
    loop.execute(this::end);
  }

  /** The loop ends, and with it all that is registered. */
  @Override
  public void close() {
    end();
  }

  /** The descriptor goes first: then epoll has forgotten it, and cancelling costs no call. */
  private void end() {
    if (state == State.LOST) {
      return;
    }
    state = State.LOST;
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("session socket did not close cleanly: {}", e.toString());
    }
    if (registration != null) {
      registration.cancel();
    }
    closed.run();
    if (receiver != null) {
      receiver.lost();
    }
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }
}
