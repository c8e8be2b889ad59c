package io.pushgate.gateway.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Writes frames as a client does, legal ones and others, a byte array each. Any thread. */
public final class ClientBytes {
  private static final int MASK = 0x37FA213D;

  private ClientBytes() {}

  public static byte[] text(String text) {
    return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] frame(int first, String text) {
    return frame(first, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A masked frame with the shortest length. */
  public static byte[] frame(int first, byte[] payload) {
    return frame(first, payload, MASK);
  }

  public static byte[] frame(int first, byte[] payload, int mask) {
    int form = payload.length <= 125 ? payload.length : payload.length <= 0xFFFF ? 126 : 127;
    ByteBuf out = Unpooled.buffer().writeByte(first).writeByte(0x80 | form);
    if (form == 126) {
      out.writeShort(payload.length);
    } else if (form == 127) {
      out.writeLong(payload.length);
    }
    return masked(out, payload, mask);
  }

  public static byte[] close(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    return frame(0x88, payload);
  }

  public static byte[] masked(ByteBuf header, byte[] payload, int mask) {
    header.writeInt(mask);
    for (int i = 0; i < payload.length; i++) {
      header.writeByte(payload[i] ^ (mask >>> (24 - 8 * (i % 4))));
    }
    byte[] bytes = new byte[header.readableBytes()];
    header.readBytes(bytes);
    return bytes;
  }

  public static byte[] join(byte[]... parts) {
    return Unpooled.copiedBuffer(parts).array();
  }
}
