package io.pushgate.bench.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** What a text frame without a stamp of this run is, by its first field. */
enum ServerOp {
  WELCOME("welcome"),
  /** The session fell out of a journal, so something is lost to it. */
  GAP("gap"),
  ERROR("error"),
  /** Somebody else's, or of an earlier run. */
  NOTIFICATION("notification"),
  OTHER("");

  private static final int SHOWN = 120;

  private static final String FIRST_FIELD = "{\"op\":\"";

  private final String start;

  ServerOp(String op) {
    start = FIRST_FIELD + op;
  }

  static ServerOp of(ByteBuf in, int from, int to) {
    for (ServerOp op : values()) {
      if (op.starts(in, from, to)) {
        return op;
      }
    }
    return OTHER;
  }

  static void expectWelcome(ByteBuf in, int from, int to) throws ProtocolFault {
    if (of(in, from, to) != WELCOME) {
      throw new ProtocolFault("expected a welcome, not " + Shown.text(utf8(in, from, to), SHOWN));
    }
  }

  static String utf8(ByteBuf in, int from, int to) {
    return in.toString(from, to - from, StandardCharsets.UTF_8);
  }

  private boolean starts(ByteBuf in, int from, int to) {
    if (to - from < start.length()) {
      return false;
    }
    for (int i = 0; i < start.length(); i++) {
      if (in.getByte(from + i) != start.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
