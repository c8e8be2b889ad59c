package io.pushgate.bench.fault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.IntFunction;

/** What strangers say, as bytes of the wire. Any thread. */
final class Words {
  static final IntFunction<byte[]> NOTHING = number -> new byte[0];

  private static final String SESSIONS = "/api/v1/notifications/";
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private Words() {}

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static String user(int number) {
    return "stranger" + number + "@bench.example";
  }

  /** A whole handshake of a WebSocket. */
  static byte[] webSocket(int number) {
    return ascii(
        """
        GET %sws/%s?after=end HTTP/1.1\r
        Host: 127.0.0.1\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: %s\r
        Sec-WebSocket-Version: 13\r
        \r
        """
            .formatted(SESSIONS, user(number), KEY));
  }

  static byte[] eventStream(int number) {
    return ascii(
        "GET %ssse/%s?after=end HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
            .formatted(SESSIONS, user(number)));
  }

  static byte[] requestLine() {
    return ascii("GET " + SESSIONS + "ws/" + "x".repeat(10_000) + " HTTP/1.1\r\n");
  }

  static byte[] startOfHeaders() {
    return ascii("GET " + SESSIONS + "ws/stranger HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  }

  static byte[] headers() {
    return ascii("X-Slow: " + "y".repeat(200) + "\r\n");
  }

  static byte[] startOfBody() {
    return ascii(
        "POST %sack/stranger HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n"
            .formatted(SESSIONS));
  }

  /** A client's text frame of RFC 6455, section 5.2, masked with zeros. */
  static byte[] frame(String text) {
    byte[] payload = ascii(text);
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
    frame.put((byte) 0x81);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    frame.putInt(0).put(payload);
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  /** A push, as a JSON line, to the strangers of the first numbers. */
  static byte[] push(int users, int dataBytes) {
    StringJoiner names = new StringJoiner("\",\"", "[\"", "\"]");
    for (int i = 0; i < users; i++) {
      names.add(user(i));
    }
    return ascii(
        "{\"op\":\"push\",\"to\":%s,\"data\":\"%s\"}\n".formatted(names, "z".repeat(dataBytes)));
  }

  /**
   * The head of a binary frame: its length, its version, a push, no flags, a correlation id of 0.
   * Its body stays away.
   */
  static byte[] startOfBinaryFrame() {
    return ByteBuffer.allocate(16).putInt(500_000).put((byte) 1).put((byte) 2).array();
  }

  /** Nonsense, the same for the same number; its first byte chooses a form of the ingress port. */
  static byte[] garbage(int number) {
    byte[] bytes = new byte[600];
    new Random(number).nextBytes(bytes);
    byte[] firsts = {'{', 0, 0x16, 'P', (byte) 0xff};
    bytes[0] = firsts[Math.floorMod(number, firsts.length)];
    if (bytes[0] == '{') {
      bytes[bytes.length - 1] = '\n';
    } else if (bytes[0] == 0) {
      // A whole frame of a sound length: what it says is the nonsense.
      ByteBuffer.wrap(bytes).putInt(bytes.length - 4).put((byte) 1);
    }
    return bytes;
  }
}
