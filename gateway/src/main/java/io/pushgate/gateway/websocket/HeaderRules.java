package io.pushgate.gateway.websocket;

import static io.pushgate.gateway.websocket.Frames.FIN;
import static io.pushgate.gateway.websocket.Frames.LENGTH_16;
import static io.pushgate.gateway.websocket.Frames.LENGTH_64;
import static io.pushgate.gateway.websocket.Frames.MAX_LENGTH_16;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What the header of a client's frame may be (RFC 6455, sections 5.2 and 7.4). Any thread. */
final class HeaderRules {
  private static final int RSV = 0x70;
  private static final int MASKED = 0x80;
  private static final int CONTROL = 0x08;
  private static final int NOT_MINIMAL = -1;

  private HeaderRules() {}

  static int opcode(int first) {
    return first & 0x0F;
  }

  static boolean isFinal(int first) {
    return (first & FIN) != 0;
  }

  static boolean isControl(int first) {
    return (first & CONTROL) != 0;
  }

  /** Says what the first two bytes break, null where they break nothing. */
  static @Nullable String fault(int first, int second, boolean betweenMessages) {
    if ((first & RSV) != 0) {
      return "reserved bit set";
    }
    if ((second & MASKED) == 0) {
      return "frame not masked";
    }
    return switch (opcode(first)) {
      case Frames.CONTINUATION -> betweenMessages ? "continuation of no message" : null;
      case Frames.TEXT, Frames.BINARY ->
          betweenMessages ? null : "message inside a fragmented message";
      case Frames.CLOSE, Frames.PING, Frames.PONG -> controlFault(first, second);
      default -> "reserved opcode " + opcode(first);
    };
  }

  private static @Nullable String controlFault(int first, int second) {
    if (!isFinal(first)) {
      return "fragmented control frame";
    }
    if (shortLength(second) > Frames.MAX_CONTROL_PAYLOAD) {
      return "control frame of more than 125 bytes";
    }
    boolean halfCode = opcode(first) == Frames.CLOSE && shortLength(second) == 1;
    return halfCode ? "close frame of one byte" : null;
  }

  /** Bytes before the payload, told by the second one; the mask is the last four of them. */
  static int headerLength(int second) {
    return switch (shortLength(second)) {
      case LENGTH_16 -> 8;
      case LENGTH_64 -> 14;
      default -> 6;
    };
  }

  /** Reads the length that begins in the second byte; negative where a shorter form would do. */
  static long payloadLength(ByteBuf in, int secondIndex) {
    int length = shortLength(in.getByte(secondIndex));
    if (length == LENGTH_16) {
      int length16 = in.getUnsignedShort(secondIndex + 1);
      return length16 > Frames.MAX_CONTROL_PAYLOAD ? length16 : NOT_MINIMAL;
    }
    if (length == LENGTH_64) {
      long length64 = in.getLong(secondIndex + 1);
      return length64 > MAX_LENGTH_16 ? length64 : NOT_MINIMAL;
    }
    return length;
  }

  /**
   * Whether a close frame may carry this code: those that the RFC and the registry give to
   * endpoints, libraries' and applications' own. 1004 is reserved; 1005, 1006 and 1015 are for a
   * side to tell itself.
   */
  static boolean isCloseCode(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }

  private static int shortLength(int second) {
    return second & 0x7F;
  }
}
