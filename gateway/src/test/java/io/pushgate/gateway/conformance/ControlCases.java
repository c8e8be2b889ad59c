package io.pushgate.gateway.conformance;

import static io.pushgate.gateway.websocket.ClientBytes.close;
import static io.pushgate.gateway.websocket.ClientBytes.frame;
import static io.pushgate.gateway.websocket.ClientBytes.join;
import static io.pushgate.gateway.websocket.ClientBytes.text;

import java.util.Arrays;

/** Control frames (section 5.5), closing (7) and its codes (7.4). Any thread. */
final class ControlCases {
  private static final int[] CODES = {
    0, 999, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013,
    1014, 1015, 1016, 1999, 2000, 2999, 3000, 3999, 4000, 4408, 4999, 5000, 65_535
  };
  private static final byte[] CUT_CHARACTER = {3, (byte) 0xE8, 'a', (byte) 0xC3};
  private static final byte[] SURROGATE = {3, (byte) 0xE8, (byte) 0xED, (byte) 0xA0, (byte) 0x80};

  private ControlCases() {}

  static void addTo(Table table) {
    frames(table);
    pings(table);
    closes(table);
    behindAClose(table);
    ends(table);
  }

  private static void frames(Table table) {
    for (int opcode : new int[] {0x8, 0x9, 0xA}) {
      String id = "5.5-opcode-%x".formatted(opcode);
      table.frames(id + "-fragmented", frame(opcode, "aa"), frame(0x80, "b"));
      table.frames(id + "-of-126", frame(0x80 | opcode, "x".repeat(126)));
      table.frames(id + "-of-65536", frame(0x80 | opcode, "x".repeat(65_536)));
      table.unfinished(
          id + "-of-126-header", Arrays.copyOf(frame(0x80 | opcode, "x".repeat(126)), 2));
    }
  }

  private static void pings(Table table) {
    for (int length : new int[] {0, 1, 4, 124, 125}) {
      table.frames("5.5.2-ping-of-" + length, frame(0x89, "x".repeat(length)));
    }
    table.frames("5.5.2-ping-of-any-bytes", frame(0x89, new byte[] {0, -1, -2, 0x7F, -64}));
    table.chopped("5.5.2-ping-of-125-in-octets", 1, frame(0x89, "x".repeat(125)));
    table.frames("5.5.2-ping-before-and-behind", frame(0x89, "1"), text("ping"), frame(0x89, "2"));
    table.frames("5.5.3-pong-unasked", frame(0x8A, "unasked"), text("ping"));
    table.frames("5.5.3-pong-of-125", frame(0x8A, "x".repeat(125)), frame(0x89, "still here"));
  }

  private static void closes(Table table) {
    for (int code : CODES) {
      table.unfinished("7.4-close-" + code, close(code, ""));
    }
    for (int code : new int[] {1000, 1005, 3000}) {
      table.unfinished("7.4-close-%d-with-reason".formatted(code), close(code, "good bye"));
    }
    table.unfinished("5.5.1-close-empty", frame(0x88, ""));
    table.unfinished("5.5.1-close-one-byte", frame(0x88, "x"));
    table.unfinished("5.5.1-close-reason-of-123", close(1000, "x".repeat(123)));
    table.unfinished("5.5.1-close-reason-of-124", close(1000, "x".repeat(124)));
    table.unfinished("5.5.1-close-reason-in-utf8", close(1000, "κόσμε\ud83d\ude00"));
    table.unfinished("5.5.1-close-reason-cut", frame(0x88, CUT_CHARACTER));
    table.unfinished("5.5.1-close-reason-with-surrogate", frame(0x88, SURROGATE));
    table.chopped("5.5.1-close-in-octets", 1, close(1001, "good bye"));
  }

  /** Nothing that comes behind a Close is acted on, and one Close is sent. */
  private static void behindAClose(Table table) {
    byte[] close = close(1000, "");
    table.unfinished("5.5.1-two-closes", close, close(1001, ""));
    table.unfinished("5.5.1-ping-behind", close, frame(0x89, "late"));
    table.unfinished("5.5.1-text-behind", close, text("ping"));
    table.unfinished("5.5.1-binary-behind", close, frame(0x82, "late"));
    table.unfinished("5.5.1-violation-behind", close, frame(0x83, ""));
    table.unfinished("5.5.1-garbage-behind", close, new byte[1_000]);
    table.unfinished("5.5.1-much-behind", close, frame(0x82, new byte[300_000]));
    table.unfinished("5.5.1-close-in-a-message", frame(0x01, "pi"), close, frame(0x80, "ng"));
    table.unfinished("5.5.1-text-before", text("ping"), close);
    table.unfinished("5.5.1-ping-before", frame(0x89, "early"), close);
    table.unfinished("5.5.1-large-text-before", text("x".repeat(262_144)), close, frame(0x89, ""));
    table.unfinished("7.1.7-close-behind-a-violation", frame(0x83, ""), close);
    table.unfinished("7.1.7-text-behind-a-violation", frame(0x83, ""), text("ping"));
  }

  /** A client that is gone without a Close (section 7.1.5: 1006 to itself, nothing to be sent). */
  private static void ends(Table table) {
    table.gone("7.1.5-gone-at-once");
    table.gone("7.1.5-gone-behind-a-message", text("ping"));
    table.gone("7.1.5-gone-in-a-message", frame(0x01, "pi"));
    table.gone("7.1.5-gone-in-a-header", new byte[] {(byte) 0x81});
    table.gone("7.1.5-gone-in-a-payload", Arrays.copyOf(text("ping"), 8));
    table.gone("7.1.5-gone-behind-a-close", join(close(1000, "")));
  }
}
