package io.pushgate.bench.crash;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.bench.client.Handshake;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.client.ClientFrame;
import io.pushgate.protocol.client.ClientFrames;
import io.pushgate.protocol.client.ServerFrame;
import io.pushgate.protocol.client.ServerFrames;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One WebSocket of one reader. Its thread only. */
final class PageSocket implements AutoCloseable {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int MAX_HEAD = 16 << 10;
  private static final int MASK_BIT = 0x80;

  private static final int MAX_PAUSE_MILLIS = 30_000;

  private final Socket socket;
  private final DataInputStream in;
  private final int readMillis;

  /**
   * Shakes hands.
   *
   * @param user percent-encoded where it has to be
   * @param query with its question mark, or empty
   * @param readMillis how long {@link #next} waits for a frame to begin
   */
  PageSocket(InetSocketAddress address, String user, String query, int readMillis)
      throws IOException {
    this.readMillis = readMillis;
    socket = Door.connect(address, MAX_PAUSE_MILLIS);
    try {
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 32 << 10));
      shakeHands(user, query, address.getPort());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void shakeHands(String user, String query, int port) throws IOException {
    String request =
        """
        GET /api/v1/notifications/ws/%s%s HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: %s\r
        Sec-WebSocket-Version: 13\r
        \r
        """
            .formatted(user, query, port, KEY);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
      if (head.length() > MAX_HEAD) {
        throw new IOException("an answer to the handshake without end");
      }
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ") || !accepts(head.toString())) {
      throw new IOException("the handshake was refused: " + head.substring(0, head.indexOf("\r")));
    }
  }

  private static boolean accepts(String head) {
    return head.lines()
        .anyMatch(line -> line.equalsIgnoreCase("sec-websocket-accept: " + Handshake.accept(KEY)));
  }

  /**
   * The next frame that is not one of WebSocket's own; null where none begins in time, or where it
   * is of a kind that this client does not know.
   */
  @Nullable ServerFrame next() throws IOException {
    int first = firstByte();
    if (first < 0) {
      return null;
    }
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException();
    }
    switch (first & 0x0f) {
      case TEXT -> {
        return ServerFrames.read(payload);
      }
      case PING -> send(0x8a, payload);
      case CLOSE -> {
        int code = length < 2 ? 0 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        throw new IOException("closed with " + code);
      }
      default -> throw new IOException("a frame that starts with " + first);
    }
    return null;
  }

  /** Negative where none comes in time; within a frame there is more. */
  private int firstByte() throws IOException {
    if (in.available() > 0) {
      return in.readUnsignedByte();
    }
    socket.setSoTimeout(readMillis);
    try {
      return in.readUnsignedByte();
    } catch (SocketTimeoutException e) {
      return -1;
    } finally {
      socket.setSoTimeout(MAX_PAUSE_MILLIS);
    }
  }

  void acknowledge(Position position) throws IOException {
    ByteBuf json = Unpooled.buffer();
    ClientFrames.write(new ClientFrame.Ack(position), json);
    byte[] payload = new byte[json.readableBytes()];
    json.readBytes(payload).release();
    send(0x80 | TEXT, payload);
  }

  /** Sends a frame of at most 64 KiB, masked with zeros, which RFC 6455 does not forbid. */
  private void send(int first, byte[] payload) throws IOException {
    ByteBuf frame = Unpooled.buffer(payload.length + 8);
    frame.writeByte(first);
    if (payload.length < 126) {
      frame.writeByte(MASK_BIT | payload.length);
    } else {
      frame.writeByte(MASK_BIT | 126).writeShort(payload.length);
    }
    frame.writeInt(0).writeBytes(payload);
    frame.readBytes(socket.getOutputStream(), frame.readableBytes()).release();
  }

  /** Cuts the connection, as a machine that goes away does. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
