package io.pushgate.gateway.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** The client's end of a wire: a plain socket that keeps little. One thread at a time. */
final class WirePeer implements AutoCloseable {
  private static final int RECEIVE_BUFFER = 16 * 1024;
  private static final int DEADLINE_MILLIS = 20_000;

  private final Socket socket = new Socket();

  WirePeer(InetSocketAddress server) throws IOException {
    socket.setReceiveBufferSize(RECEIVE_BUFFER); // Before connecting: it bounds the TCP window.
    socket.setSoTimeout(DEADLINE_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(server, DEADLINE_MILLIS);
  }

  WirePeer send(String latin1) throws IOException {
    return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  WirePeer send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Reads the server's answer to the hello. */
  WirePeer welcomed() throws IOException {
    if (!read(1).equals(String.valueOf(WireServer.WELCOME))) {
      throw new AssertionError("no welcome");
    }
    return this;
  }

  /** Reads exactly so many bytes. */
  String read(int count) throws IOException {
    byte[] bytes = socket.getInputStream().readNBytes(count);
    if (bytes.length < count) {
      throw new AssertionError("%d of %d bytes came".formatted(bytes.length, count));
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  int read(byte[] target) throws IOException {
    return read(target, target.length);
  }

  /** Reads what there is, to this limit, and answers how much: -1 at the end. */
  int read(byte[] target, int limit) throws IOException {
    return socket.getInputStream().read(target, 0, limit);
  }

  /** Waits for the server's end of the connection, however it comes. */
  boolean ended() {
    try {
      byte[] some = new byte[1024];
      while (read(some) >= 0) {
        // What was on its way comes first.
      }
      return true;
    } catch (IOException e) {
      return !socket.isClosed() && !(e instanceof SocketTimeoutException);
    }
  }

  /** Cuts the connection with an RST. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Ends this direction; what the server sends is still read. */
  void finish() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
