package io.pushgate.protocol.ingress;

import org.jspecify.annotations.Nullable;

/** The kinds of binary frames; those of requests have the highest bit clear. */
public enum Opcode {
  HELLO(0x01),
  PUSH(0x02),
  PING(0x03),
  PRESENCE(0x04),
  STATUS(0x05),
  RECALL(0x06),
  OK(0x81),
  ACK(0x82),
  PONG(0x83),
  PRESENCE_IS(0x84),
  STATUS_IS(0x85),
  GAP(0x8d),
  RECEIPT(0x8e),
  NACK(0x8f),
  GOAWAY(0x90);

  private static final @Nullable Opcode[] BY_BYTE = new @Nullable Opcode[256];

  static {
    for (Opcode opcode : values()) {
      BY_BYTE[opcode.code] = opcode;
    }
  }

  private final int code;

  Opcode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Returns null for an unknown one. */
  static @Nullable Opcode of(int unsignedByte) {
    return BY_BYTE[unsignedByte];
  }
}
