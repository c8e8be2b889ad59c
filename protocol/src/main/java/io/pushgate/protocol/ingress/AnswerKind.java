package io.pushgate.protocol.ingress;

import org.jspecify.annotations.Nullable;

/** The opcodes of the frames that the gateway sends. */
enum AnswerKind {
  OK(0x81),
  ACK(0x82),
  PONG(0x83),
  PRESENCE_IS(0x84),
  STATUS_IS(0x85),
  GAP(0x8d),
  RECEIPT(0x8e),
  NACK(0x8f),
  GOAWAY(0x90);

  private final int opcode;

  AnswerKind(int opcode) {
    this.opcode = opcode;
  }

  int opcode() {
    return opcode;
  }

  /** Returns null for an opcode of a newer protocol. */
  static @Nullable AnswerKind of(int opcode) {
    for (AnswerKind kind : values()) {
      if (kind.opcode == opcode) {
        return kind;
      }
    }
    return null;
  }
}
