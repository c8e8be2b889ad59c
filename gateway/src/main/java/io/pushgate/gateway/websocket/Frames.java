package io.pushgate.gateway.websocket;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.CloseCode;
import java.nio.charset.StandardCharsets;

/**
 * The frames that a server sends (RFC 6455, section 5.2): final, unmasked, without extensions. Any
 * thread.
 */
public final class Frames {
  public static final int CONTINUATION = 0x0;
  public static final int TEXT = 0x1;
  public static final int BINARY = 0x2;
  public static final int CLOSE = 0x8;
  public static final int PING = 0x9;
  public static final int PONG = 0xA;

  /** The largest payload of a close, ping or pong frame (section 5.5). */
  public static final int MAX_CONTROL_PAYLOAD = 125;

  /** What a close frame has room for behind its two bytes of code. */
  public static final int MAX_REASON_BYTES = MAX_CONTROL_PAYLOAD - Short.BYTES;

  static final int FIN = 0x80;
  static final int LENGTH_16 = 126;
  static final int LENGTH_64 = 127;
  static final int MAX_LENGTH_16 = 0xFFFF;

  private Frames() {}

  /** Bytes of the header in front of a payload of this many bytes: 2, 4 or 10. */
  public static int headerLength(int payloadLength) {
    if (payloadLength <= MAX_CONTROL_PAYLOAD) {
      return 2;
    }
    return payloadLength <= MAX_LENGTH_16 ? 4 : 10;
  }

  /** Appends the header of a whole frame; the caller appends the payload. */
  public static void writeHeader(ByteBuf out, int opcode, int payloadLength) {
    out.writeByte(FIN | opcode);
    if (payloadLength <= MAX_CONTROL_PAYLOAD) {
      out.writeByte(payloadLength);
    } else if (payloadLength <= MAX_LENGTH_16) {
      out.writeByte(LENGTH_16).writeShort(payloadLength);
    } else {
      out.writeByte(LENGTH_64).writeLong(payloadLength);
    }
  }

  /** Appends a close frame; a reason of more than 123 bytes is cut at the end of a character. */
  public static void close(ByteBuf out, CloseCode code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int length = cut(text, MAX_REASON_BYTES);
    writeHeader(out, CLOSE, Short.BYTES + length);
    out.writeShort(code.code()).writeBytes(text, 0, length);
  }

  /**
   * Appends the answer to a client's close frame: its own code, or none where it named none
   * (section 5.5.1).
   */
  public static void answerClose(ByteBuf out, int code) {
    if (code == FrameDecoder.NO_CODE) {
      writeHeader(out, CLOSE, 0);
    } else {
      writeHeader(out, CLOSE, Short.BYTES);
      out.writeShort(code);
    }
  }

  /** Appends a ping frame whose payload is the eight bytes of a number, for its pong to echo. */
  public static void ping(ByteBuf out, long payload) {
    writeHeader(out, PING, Long.BYTES);
    out.writeLong(payload);
  }

  private static int cut(byte[] utf8, int max) {
    int end = Math.min(utf8.length, max);
    while (end < utf8.length && isContinuation(utf8[end])) {
      end--;
    }
    return end;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }
}
