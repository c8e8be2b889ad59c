package io.pushgate.gateway.limits;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A peer that sends what it likes, and reads what it is told before it is cut off. */
final class RawSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  RawSocket(InetSocketAddress port) throws IOException {
    socket.connect(port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Characters stand for one byte each. */
  RawSocket send(String latin1) throws IOException {
    socket.getOutputStream().write(latin1.getBytes(ISO_8859_1));
    return this;
  }

  /** Opens a WebSocket and reads the head of the answer. */
  RawSocket upgrade(String user) throws IOException {
    send(
        "GET /api/v1/notifications/ws/%s HTTP/1.1\r\nHost: localhost\r\n".formatted(user)
            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    return this;
  }

  /** Sends a text message; its mask is zero, so that it stands there as it is. */
  RawSocket text(String text) throws IOException {
    String length =
        text.length() < 126
            ? "" + (char) (0x80 | text.length())
            : (char) (0x80 | 126) + "" + (char) (text.length() >> 8) + (char) (text.length() & 255);
    return send((char) 0x81 + length + "\0\0\0\0" + text);
  }

  /** Reads until the text came, and answers all that was read before and with it. */
  String readUntil(String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text, read.length() - text.length()) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("the end, and not '%s', behind '%s'".formatted(text, read));
      }
      read.append((char) next);
    }
    return read.toString();
  }

  /** Reads to the end, which may be a reset. */
  String readAll() {
    StringBuilder read = new StringBuilder();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        read.append((char) next);
      }
    } catch (IOException reset) {
      read.append("(reset)");
    }
    return read.toString();
  }

  /** Ends at once: an orderly end would wait behind what was sent and is not read. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
