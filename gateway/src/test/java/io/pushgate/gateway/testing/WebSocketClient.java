package io.pushgate.gateway.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A browser's WebSocket, which answers pings by itself. Any thread. */
public final class WebSocketClient extends SessionClient {
  private static final int MAX_FRAME = 4 << 20;

  /**
   * Connects.
   *
   * @param user the path's last segment as it goes onto the wire
   * @param query with its question mark, or empty
   */
  public WebSocketClient(InetSocketAddress address, String user, String query) {
    super(
        address,
        """
        GET /api/v1/notifications/ws/%s%s HTTP/1.1\r
        Host: localhost\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        \r
        """
            .formatted(user, query),
        "HTTP/1.1 101 ");
  }

  @Override
  Said read(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    if (length < 0 || length > MAX_FRAME) {
      throw new IOException("a masked or giant frame: " + length);
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    return Said.frame(first, payload);
  }

  @Override
  void heard(Said said) throws IOException {
    if (said.kind().equals("ping")) {
      send(TestSession.frame(0x8A, said.text().getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  public void say(String text) {
    try {
      send(TestSession.text(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void ack(String position) {
    say("{\"op\":\"ack\",\"cursor\":\"" + position + "\"}");
  }
}
