package io.pushgate.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.protocol.CloseCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Map;

/** A WebSocket by the letter of RFC 6455. */
final class WebSocketClient extends StreamClient {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final byte[] MASK = {0x12, (byte) 0xA4, 0x6F, 0x38};

  private WebSocketClient(ListenConfig bound, StreamRequest request) throws IOException {
    super(bound, request);
    // The example of RFC 6455, section 1.3.
    Map<String, String> answer =
        exchange(
            request.target("ws", true),
            101,
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    require(
        "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=".equals(answer.get("sec-websocket-accept")),
        answer.toString());
    require(!answer.containsKey("sec-websocket-extensions"), answer.toString());
  }

  static WebSocketClient open(ListenConfig bound, StreamRequest request) throws IOException {
    WebSocketClient client = new WebSocketClient(bound, request);
    client.start();
    return client;
  }

  @Override
  void read() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    require((first & 0xF0) == 0x80, "a fragment, or a reserved bit");
    require((second & 0x80) == 0, "a server masks nothing");
    byte[] payload = in.readNBytes(length(second));
    switch (first & 0x0F) {
      case TEXT -> heard(text(payload), "");
      case PING -> {
        require(second <= 125, "a long ping");
        heartbeat();
        if (request.answersPings()) {
          send(PONG, payload);
        }
      }
      case CLOSE -> {
        require(second >= 2 && second <= 125, "a close without a code");
        closes(CloseCode.of((payload[0] & 0xFF) << 8 | payload[1] & 0xFF));
        text(Arrays.copyOfRange(payload, 2, payload.length));
        send(CLOSE, Arrays.copyOf(payload, 2));
        require(in.read() < 0, "a byte behind the close");
        throw new EOFException();
      }
      default -> throw new AssertionError("opcode " + (first & 0x0F));
    }
  }

  private int length(int second) throws IOException {
    if (second < 126) {
      return second;
    }
    long length = second == 126 ? in.readUnsignedShort() : in.readLong();
    require(length > (second == 126 ? 125 : 0xFFFF) && length < 1 << 24, "length " + length);
    return (int) length;
  }

  private static String text(byte[] utf8) throws CharacterCodingException {
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
  }

  @Override
  public void ack(String cursor) {
    try {
      send(TEXT, "{\"op\":\"ack\",\"cursor\":\"%s\"}".formatted(cursor).getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a masked frame of at most 125 bytes. */
  private synchronized void send(int opcode, byte[] payload) throws IOException {
    require(payload.length <= 125, "a long frame");
    byte[] frame = new byte[6 + payload.length];
    frame[0] = (byte) (0x80 | opcode);
    frame[1] = (byte) (0x80 | payload.length);
    System.arraycopy(MASK, 0, frame, 2, MASK.length);
    for (int i = 0; i < payload.length; i++) {
      frame[6 + i] = (byte) (payload[i] ^ MASK[i % MASK.length]);
    }
    socket.getOutputStream().write(frame);
  }
}
