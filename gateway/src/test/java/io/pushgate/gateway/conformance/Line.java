package io.pushgate.gateway.conformance;

import io.pushgate.gateway.websocket.ClientBytes;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection to the public port and what comes back on it, in words. The test's thread reads,
 * another one sends, since a server may wait for its answers to be read.
 */
final class Line implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final String HEAD =
      """
      GET %s HTTP/1.1
      Host: localhost
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

      """;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final AtomicLong sent = new AtomicLong();

  Line(InetSocketAddress address) throws IOException {
    this(address, 0);
  }

  /**
   * @param receiveBuffer bytes that the kernel keeps while nobody reads, about; 0 for what it likes
   */
  private Line(InetSocketAddress address, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(address);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
  }

  /** A line on which the handshake is done, and of a session the greeting is read. */
  static Line open(InetSocketAddress address, Path path) throws IOException {
    return open(address, path, 0);
  }

  /** The same with a small buffer, in whose kernel little is kept. */
  static Line narrow(InetSocketAddress address, Path path) throws IOException {
    return open(address, path, 4_096);
  }

  private static Line open(InetSocketAddress address, Path path, int receiveBuffer)
      throws IOException {
    Line line = new Line(address, receiveBuffer);
    line.head(handshake(path));
    String answer = line.readHead();
    if (!answer.startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError(answer);
    }
    if (path == Path.SESSION) {
      String greeting = line.frame().words();
      if (!greeting.equals("welcome")) {
        throw new AssertionError(greeting);
      }
    }
    return line;
  }

  /** The head that asks for a path. */
  static String handshake(Path path) {
    return HEAD.formatted(path.target());
  }

  /** Sends a head, its lines ended as HTTP does. */
  void head(String lines) throws IOException {
    socket
        .getOutputStream()
        .write(lines.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends in pieces, on another thread; a server that has ended the line may not take all. */
  CompletableFuture<Void> send(byte[] bytes, int piece, boolean end) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            OutputStream out = socket.getOutputStream();
            for (int at = 0; at < bytes.length; at += Math.min(piece, bytes.length - at)) {
              int length = Math.min(piece, bytes.length - at);
              out.write(bytes, at, length);
              sent.addAndGet(length);
            }
            if (end) {
              socket.shutdownOutput();
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** How many bytes the kernel has taken. */
  long sent() {
    return sent.get();
  }

  /** Ends it as RFC 6455 says; answers what the server does, {@code close 1000, end} by the RFC. */
  String sayGoodbye() throws IOException {
    socket.getOutputStream().write(ClientBytes.close(1000, ""));
    Frame last = frame();
    return last.words() + ", " + rest();
  }

  /** The next frame. */
  Frame frame() throws IOException {
    return Frame.read(in);
  }

  /** How the server ends the line, and whether it says more before. */
  String rest() throws IOException {
    try {
      int more = in.read();
      return more < 0 ? "end" : "more: %02x".formatted(more);
    } catch (SocketTimeoutException e) {
      return "silence";
    } catch (SocketException e) {
      return "reset";
    }
  }

  /** The head of an answer. */
  String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  String readBody(int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
