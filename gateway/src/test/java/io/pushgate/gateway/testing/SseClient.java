package io.pushgate.gateway.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A browser's EventSource, which never sends anything behind its request. Any thread. */
public final class SseClient extends SessionClient {

  /**
   * Connects.
   *
   * @param user the path's last segment as it goes onto the wire
   * @param query with its question mark, or empty
   */
  public SseClient(InetSocketAddress address, String user, String query) {
    super(
        address,
        """
        GET /api/v1/notifications/sse/%s%s HTTP/1.1\r
        Host: localhost\r
        Accept: text/event-stream\r
        \r
        """
            .formatted(user, query),
        "HTTP/1.1 200 ");
  }

  @Override
  Said read(DataInputStream in) throws IOException {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    int before = 0;
    for (int b = in.readUnsignedByte(); b != '\n' || before != '\n'; b = in.readUnsignedByte()) {
      event.write(b);
      before = b;
    }
    return Said.event(event.toString(StandardCharsets.UTF_8).stripTrailing());
  }
}
