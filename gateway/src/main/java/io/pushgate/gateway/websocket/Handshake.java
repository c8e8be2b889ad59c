package io.pushgate.gateway.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The answer to the key of an opening handshake (RFC 6455, section 4.2.2). Any thread. */
public final class Handshake {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** Sixteen bytes in base64, padding included. */
  private static final int KEY_LENGTH = 24;

  private static final int NONCE_BYTES = 16;

  private Handshake() {}

  /**
   * Returns the value of {@code Sec-WebSocket-Accept}, or null where the key is not the base64 of
   * exactly 16 bytes.
   */
  public static @Nullable String accept(String key) {
    if (!isNonce(key)) {
      return null;
    }
    byte[] input = (key + GUID).getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder().encodeToString(sha1().digest(input));
  }

  private static boolean isNonce(String key) {
    if (key.length() != KEY_LENGTH) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(key).length == NONCE_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
