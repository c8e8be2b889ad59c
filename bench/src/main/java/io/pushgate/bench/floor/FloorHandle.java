package io.pushgate.bench.floor;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A socket on the event loop without a Channel. Event loop only. */
abstract class FloorHandle implements EpollIoHandle {
  private final Socket socket;
  private @Nullable IoRegistration registration;
  private boolean ended;

  FloorHandle(Socket socket) {
    this.socket = socket;
  }

  /** Something can be read, or accepted. */
  abstract void ready() throws IOException;

  /** Called once when the socket is closed. */
  void ended() {}

  Socket socket() {
    return socket;
  }

  boolean isEnded() {
    return ended;
  }

  void register(IoEventLoop loop) throws IOException {
    Future<IoRegistration> future = loop.register(this);
    if (!future.isSuccess()) {
      throw new IOException("the event loop did not take a socket", future.cause());
    }
    registration = future.getNow();
    registration.submit(EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP));
  }

  /** Reads behind what the buffer holds; false at the end of the stream. */
  boolean readInto(ByteBuf in) throws IOException {
    int end = in.writerIndex();
    int read = socket.recvAddress(in.memoryAddress(), end, in.capacity());
    in.writerIndex(end + Math.max(0, read));
    return read >= 0;
  }

  /** Sends a range whole or ends the connection: the floor waits for nobody. */
  void send(ByteBuf bytes, int from, int to) {
    try {
      if (!ended && socket.sendAddress(bytes.memoryAddress(), from, to) != to - from) {
        end();
      }
    } catch (IOException e) {
      end();
    }
  }

  @Override
  public void handle(IoRegistration registered, IoEvent event) {
    if (ended) {
      return;
    }
    try {
      ready();
    } catch (IOException e) {
      end();
    }
  }

  void end() {
    if (!ended) {
      ended = true;
      close();
      ended();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // The descriptor is gone either way, and the peer sees the end of the stream.
      ended = true;
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
