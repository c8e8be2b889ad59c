package io.pushgate.bench.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.pushgate.bench.ledger.Ledger;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection without a Channel: a socket on the event loop, what is left of a cut
 * frame, and its books. Event loop only.
 */
final class Session implements EpollIoHandle, FrameScanner.Sink {
  private static final byte[] NOTHING = {};

  private final SessionLoop loop;
  private final int user;
  private final long startNanos;
  private final Socket socket;
  private final Ledger ledger = new Ledger();
  private SessionState state = SessionState.CONNECTING;
  private @Nullable IoRegistration registration;
  private byte[] leftOver = NOTHING;

  /**
   * @param user the number of the user whose session it is; negative for an idle one
   * @param startNanos when it was meant to start, from which its handshake is measured
   */
  Session(SessionLoop loop, int user, long startNanos) {
    this.loop = loop;
    this.user = user;
    this.startNanos = startNanos;
    this.socket = Socket.newSocketStream();
  }

  int user() {
    return user;
  }

  Ledger ledger() {
    return ledger;
  }

  boolean isOpen() {
    return state != SessionState.ENDED;
  }

  /** Starts to connect; what fails from here on is told to the loop. */
  void open(SocketAddress target, @Nullable SocketAddress source) {
    assert loop.inEventLoop();
    try {
      socket.setTcpNoDelay(true);
      if (source != null) {
        SourceAddresses.bind(socket, source);
      }
      IoRegistration registered = loop.register(this);
      registration = registered;
      boolean connected = socket.connect(target);
      if (connected) {
        sendRequest();
      } else {
        registered.submit(EpollIoOps.EPOLLOUT);
      }
    } catch (IOException e) {
      end("could not connect: " + e.getMessage());
    }
  }

  @Override
  public void handle(IoRegistration registered, IoEvent event) {
    assert loop.inEventLoop();
    try {
      switch (state) {
        case CONNECTING -> {
          if (socket.finishConnect()) {
            sendRequest();
          }
        }
        case SHAKING, WELCOMING, LIVE, CLOSING -> read();
        case ENDED -> {
          // An event of the same batch as the one that ended it.
        }
      }
    } catch (ProtocolFault | IOException e) {
      end(String.valueOf(e.getMessage()));
    }
  }

  private void sendRequest() throws IOException {
    state = SessionState.SHAKING;
    send(loop.request(user));
    IoRegistration registered = registration;
    if (registered != null && state == SessionState.SHAKING) {
      registered.submit(EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP));
    }
  }

  /** Reads until the socket is empty; a whole buffer means that there may be more. */
  private void read() throws IOException, ProtocolFault {
    ByteBuf in = loop.inbound();
    in.clear().writeBytes(leftOver);
    leftOver = NOTHING;
    boolean full;
    do {
      int end = in.writerIndex();
      int read = socket.recvAddress(in.memoryAddress(), end, in.capacity());
      if (read < 0) {
        end("the server ended the stream");
        return;
      }
      in.writerIndex(end + read);
      full = in.writableBytes() == 0;
      loop.received(read);
      consume(in);
      in.discardReadBytes();
    } while (full && state != SessionState.ENDED);
    loop.readDone();
    if (in.isReadable() && state != SessionState.ENDED) {
      leftOver = new byte[in.readableBytes()];
      in.readBytes(leftOver);
    }
  }

  private void consume(ByteBuf in) throws ProtocolFault {
    if (state == SessionState.SHAKING) {
      int end = loop.handshake().head(in, in.readerIndex(), in.writerIndex());
      if (end < 0) {
        return;
      }
      in.readerIndex(end);
      state = SessionState.WELCOMING;
      loop.shaken(startNanos);
    }
    int from = in.readerIndex();
    in.readerIndex(FrameScanner.scan(in, from, in.writerIndex(), in.capacity(), this));
  }

  @Override
  public boolean frame(int opcode, ByteBuf in, int from, int to) throws ProtocolFault {
    switch (opcode) {
      case FrameScanner.TEXT -> text(in, from, to);
      case FrameScanner.PING -> send(ClientFrames.pong(in, from, to));
      case FrameScanner.CLOSE -> closedByServer(in, from, to);
      default -> loop.strayed();
    }
    return state != SessionState.ENDED;
  }

  private void text(ByteBuf in, int from, int to) throws ProtocolFault {
    if (loop.deliveries().notification(ledger, in, from, to)) {
      return;
    }
    if (state == SessionState.WELCOMING) {
      ServerOp.expectWelcome(in, from, to);
      state = SessionState.LIVE;
      loop.welcomed(startNanos);
    } else {
      loop.deliveries().other(ServerOp.of(in, from, to));
    }
  }

  private void closedByServer(ByteBuf in, int from, int to) {
    String code = to - from >= 2 ? String.valueOf(in.getUnsignedShort(from)) : "no code";
    String reason = Shown.text(ServerOp.utf8(in, Math.min(from + 2, to), to), 120);
    if (state != SessionState.CLOSING) {
      send(ClientFrames.close());
    }
    end("closed by the server with " + code + (reason.isEmpty() ? "" : " " + reason));
  }

  /** Says goodbye; the end of the stream follows. */
  void startClosing() {
    assert loop.inEventLoop();
    if (state == SessionState.LIVE) {
      state = SessionState.CLOSING;
      send(ClientFrames.close());
    } else if (state != SessionState.CLOSING) {
      end("closed");
    }
  }

  /**
   * Sends a request or a control frame whole, which an idle sending side always takes. A server
   * that has not read the ones before is at fault, and half a frame would spoil the connection.
   */
  private void send(byte[] bytes) {
    ByteBuf out = loop.outbound().clear().writeBytes(bytes);
    try {
      if (socket.sendAddress(out.memoryAddress(), 0, bytes.length) != bytes.length) {
        end("the server reads nothing: a frame of " + bytes.length + " bytes did not fit");
      }
    } catch (IOException e) {
      end("could not send: " + e.getMessage());
    }
  }

  /** Closes the socket; only the first reason is told. */
  void end(String reason) {
    assert loop.inEventLoop();
    if (state == SessionState.ENDED) {
      return;
    }
    SessionState before = state;
    state = SessionState.ENDED;
    leftOver = NOTHING;
    close();
    loop.ended(before, reason);
  }

  /** Closed before it is cancelled, the socket leaves the epoll set by itself. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      loop.strayed();
    }
    if (registration != null) {
      registration.cancel();
    }
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }
}
