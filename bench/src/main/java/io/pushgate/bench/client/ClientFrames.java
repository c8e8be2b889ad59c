package io.pushgate.bench.client;

import io.netty.buffer.ByteBuf;

/** The masked frames that a client sends, RFC 6455, section 5.3. Any thread. */
final class ClientFrames {
  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final int HEADER = 6;
  private static final int NORMAL_CLOSURE = 1000;

  /** Not zero, so that a server which forgets to unmask is found out. */
  private static final int MASK = 0x5ca1ab1e;

  private ClientFrames() {}

  /** Answers a ping with its own payload. */
  static byte[] pong(ByteBuf in, int from, int to) {
    byte[] frame = header(FrameScanner.PONG, to - from);
    in.getBytes(from, frame, HEADER, to - from);
    return masked(frame);
  }

  static byte[] close() {
    byte[] frame = header(FrameScanner.CLOSE, 2);
    frame[HEADER] = (byte) (NORMAL_CLOSURE >> 8);
    frame[HEADER + 1] = (byte) NORMAL_CLOSURE;
    return masked(frame);
  }

  private static byte[] header(int opcode, int payload) {
    byte[] frame = new byte[HEADER + payload];
    frame[0] = (byte) (FIN | opcode);
    frame[1] = (byte) (MASKED | payload);
    for (int i = 0; i < 4; i++) {
      frame[2 + i] = maskByte(i);
    }
    return frame;
  }

  private static byte[] masked(byte[] frame) {
    for (int i = HEADER; i < frame.length; i++) {
      frame[i] ^= maskByte(i - HEADER);
    }
    return frame;
  }

  private static byte maskByte(int i) {
    return (byte) (MASK >> 8 * (3 - (i & 3)));
  }
}
