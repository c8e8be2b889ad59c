package io.pushgate.bench.floor;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Socket;
import io.pushgate.bench.client.Handshake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A session of the floor. A request is expected whole in one read. Event loop only. */
final class FloorSession extends FloorHandle {
  private static final Pattern USER = Pattern.compile("^GET /api/v1/notifications/ws/([^?/ ]+)");
  private static final Pattern KEY = Pattern.compile("\r\nSec-WebSocket-Key: (\\S+)\r\n");
  private static final byte[] CLOSE = {(byte) 0x88, 2, 0x03, (byte) 0xe8};
  private static final int CLOSE_BYTE = 0x88;

  private final FloorServer server;
  private String user = "";
  private int place;

  FloorSession(FloorServer server, Socket socket) {
    super(socket);
    this.server = server;
  }

  String user() {
    return user;
  }

  /** Where it stands in the dense list of all sessions. */
  int place() {
    return place;
  }

  void place(int place) {
    this.place = place;
  }

  @Override
  void ready() throws IOException {
    ByteBuf in = server.inbound().clear();
    if (!readInto(in)) {
      end();
    } else if (user.isEmpty()) {
      shakeHands(in.toString(StandardCharsets.US_ASCII));
    } else if (in.isReadable() && in.getUnsignedByte(0) == CLOSE_BYTE) {
      sendOnce(CLOSE);
      end();
    }
  }

  private void shakeHands(String request) {
    Matcher path = USER.matcher(request);
    Matcher key = KEY.matcher(request);
    if (!path.find() || !key.find()) {
      end();
      return;
    }
    user = path.group(1);
    String head =
        """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: %s\r
        \r
        """
            .formatted(Handshake.accept(key.group(1)));
    byte[] welcome =
        "{\"op\":\"welcome\",\"user\":\"%s\"}".formatted(user).getBytes(StandardCharsets.US_ASCII);
    ByteBuf out = server.outbound().clear();
    out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    FloorFrames.writeHeader(out, welcome.length);
    out.writeBytes(welcome);
    server.joined(this);
    send(out, 0, out.writerIndex());
  }

  private void sendOnce(byte[] bytes) {
    ByteBuf out = server.outbound().clear().writeBytes(bytes);
    send(out, 0, out.writerIndex());
  }

  @Override
  void ended() {
    if (!user.isEmpty()) {
      server.left(this);
    }
  }
}
