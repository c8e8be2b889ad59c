package io.pushgate.bench.client;

import io.netty.buffer.ByteBuf;

/**
 * Cuts the frames of RFC 6455, section 5.2, out of what a server sent, wherever a read ended. Holds
 * no state and makes no object: what is left over stays with the caller. Any thread.
 */
final class FrameScanner {
  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final int MAX_CONTROL_PAYLOAD = 125;

  private FrameScanner() {}

  /** Takes whole frames. */
  interface Sink {
    /**
     * Takes the payload between two indices, which is read before this returns.
     *
     * @return whether to go on; false once the connection is over
     */
    boolean frame(int opcode, ByteBuf in, int from, int to) throws ProtocolFault;
  }

  /**
   * Hands over every whole frame between two indices.
   *
   * @param maxFrame bytes of the largest frame, header included, that the caller can hold
   * @return the index behind the last whole frame; {@code to} once the sink has enough
   */
  static int scan(ByteBuf in, int from, int to, int maxFrame, Sink sink) throws ProtocolFault {
    int at = from;
    while (to - at >= 2) {
      int lengthByte = in.getByte(at + 1);
      int header = headerLength(lengthByte);
      if (to - at < header) {
        return at;
      }
      long payload = payloadLength(in, at, lengthByte);
      int opcode = opcode(in.getByte(at), lengthByte, payload);
      if (payload < 0 || payload > maxFrame - header) {
        throw new ProtocolFault("a frame of %d bytes, more than %d".formatted(payload, maxFrame));
      }
      int end = at + header + (int) payload;
      if (end > to) {
        return at;
      }
      if (!sink.frame(opcode, in, at + header, end)) {
        return to;
      }
      at = end;
    }
    return at;
  }

  private static int headerLength(int lengthByte) {
    return switch (lengthByte & 0x7f) {
      case 126 -> 4;
      case 127 -> 10;
      default -> 2;
    };
  }

  private static long payloadLength(ByteBuf in, int at, int lengthByte) {
    int length = lengthByte & 0x7f;
    return switch (length) {
      case 126 -> in.getUnsignedShort(at + 2);
      case 127 -> in.getLong(at + 2);
      default -> length;
    };
  }

  /** A gateway sends whole, unmasked frames without extension bits; anything else is a fault. */
  private static int opcode(int first, int lengthByte, long payload) throws ProtocolFault {
    if ((lengthByte & MASKED) != 0) {
      throw new ProtocolFault("a masked frame from a server");
    }
    int opcode = first & 0x0f;
    boolean known = opcode == TEXT || opcode >= CLOSE && opcode <= PONG;
    if ((first & 0xf0) != FIN || !known) {
      throw new ProtocolFault("a frame that starts with 0x%02x".formatted(first & 0xff));
    }
    if (opcode >= CLOSE && payload > MAX_CONTROL_PAYLOAD) {
      throw new ProtocolFault("a control frame of %d bytes".formatted(payload));
    }
    return opcode;
  }
}
