package io.pushgate.bench.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The opening handshake of RFC 6455, section 4, with one key for all sessions of a run, so that the
 * answer to expect is known in advance. Any thread.
 */
public final class Handshake {
  /** Bytes of an answer's head; a longer one is a fault. */
  static final int MAX_HEAD = 16 << 10;

  private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int SHOWN_OF_REFUSAL = 300;

  private final Target target;
  private final String key;
  private final String accept;

  Handshake(Target target) {
    this.target = target;
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    key = Base64.getEncoder().encodeToString(nonce);
    accept = accept(key);
  }

  /**
   * A request that begins behind all that is held, so that an earlier run does not come again.
   *
   * @param user a name that needs no escape in a path
   */
  byte[] request(String user) {
    return """
        GET %s/api/v1/notifications/ws/%s?after=end HTTP/1.1\r
        Host: %s\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: %s\r
        Sec-WebSocket-Version: 13\r
        \r
        """
        .formatted(target.basePath(), user, target.authority(), key)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Looks at an answer.
   *
   * @return the index behind its head; negative while it is not whole
   */
  int head(ByteBuf in, int from, int to) throws ProtocolFault {
    int end = endOfHead(in, from, to);
    if (end < 0) {
      if (to - from > MAX_HEAD) {
        throw new ProtocolFault(
            "an answer to the handshake of more than %d bytes".formatted(MAX_HEAD));
      }
      return -1;
    }
    String head = in.toString(from, end - from, StandardCharsets.ISO_8859_1);
    if (!head.startsWith("HTTP/1.1 101 ")) {
      String shown = in.toString(from, to - from, StandardCharsets.ISO_8859_1);
      throw new ProtocolFault(
          "the handshake was refused: " + Shown.text(refusal(head, shown), SHOWN_OF_REFUSAL));
    }
    if (!accept.equals(header(head, "sec-websocket-accept"))) {
      throw new ProtocolFault("Sec-WebSocket-Accept does not answer the key");
    }
    return end;
  }

  /** Status line and body: the headers between say nothing about the cause. */
  private static String refusal(String head, String all) {
    return head.substring(0, head.indexOf('\r')) + " " + all.substring(head.length());
  }

  private static String header(String head, String lowerCaseName) {
    for (String line : head.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(lowerCaseName)) {
        return line.substring(colon + 1).trim();
      }
    }
    return "";
  }

  private static int endOfHead(ByteBuf in, int from, int to) {
    for (int at = from; at + 4 <= to; at++) {
      if (in.getInt(at) == 0x0d0a0d0a) {
        return at + 4;
      }
    }
    return -1;
  }

  /** What a server answers a key with. */
  public static String accept(String key) {
    try {
      byte[] text = (key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
