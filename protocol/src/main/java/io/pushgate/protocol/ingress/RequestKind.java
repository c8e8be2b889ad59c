package io.pushgate.protocol.ingress;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher may ask for: in lower case the {@code op} of a line, and the opcode of a frame.
 */
enum RequestKind {
  HELLO(0x01),
  PUSH(0x02),
  PING(0x03),
  PRESENCE(0x04),
  STATUS(0x05),
  RECALL(0x06);

  private static final RequestKind[] ALL = values();

  private final int opcode;

  RequestKind(int opcode) {
    this.opcode = opcode;
  }

  int opcode() {
    return opcode;
  }

  /** Returns null for an opcode that is no request's. */
  static @Nullable RequestKind of(int opcode) {
    return opcode >= 1 && opcode <= ALL.length ? ALL[opcode - 1] : null;
  }

  static RequestKind at(int ordinal) {
    return ALL[ordinal];
  }

  /** The names of all, in their order. */
  static byte[][] names() {
    return Arrays.stream(ALL)
        .map(kind -> kind.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII))
        .toArray(byte[][]::new);
  }
}
