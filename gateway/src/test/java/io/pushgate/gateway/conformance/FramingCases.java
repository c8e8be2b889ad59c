package io.pushgate.gateway.conformance;

import static io.pushgate.gateway.websocket.ClientBytes.frame;
import static io.pushgate.gateway.websocket.ClientBytes.masked;
import static io.pushgate.gateway.websocket.ClientBytes.text;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** Headers, lengths and masks (sections 5.1 and 5.2), and bounds (10.4). Any thread. */
final class FramingCases {
  private static final int[] LENGTHS = {0, 1, 125, 126, 127, 4_096, 4_097, 65_535, 65_536, 65_537};
  private static final int ECHO_BOUND = 16 << 20;
  private static final byte[] NONE = {};

  private FramingCases() {}

  static void addTo(Table table) {
    masks(table);
    lengths(table);
    lengthForms(table);
    reservedBits(table);
    reservedOpcodes(table);
    bounds(table);
  }

  private static void masks(Table table) {
    for (String unmasked :
        new String[] {"810161", "820161", "8900", "8a00", "880203e8", "8100", "810470696e67"}) {
      table.frames("5.1-unmasked-" + unmasked, hex(unmasked));
    }
    table.frames("5.1-unmasked-behind-a-message", text("ping"), hex("810161"));
    for (int mask : new int[] {0, -1, 0x80000001}) {
      table.frames(
          "5.3-mask-%08x".formatted(mask), frame(0x81, letters(7), mask), frame(0x82, NONE, mask));
      table.chopped("5.3-mask-%08x-octets".formatted(mask), 1, frame(0x81, letters(7), mask));
    }
  }

  private static void lengths(Table table) {
    for (int length : LENGTHS) {
      table.frames("5.2-text-of-" + length, frame(0x81, letters(length)));
    }
    for (int length : new int[] {0, 125, 126, 65_535, 65_536}) {
      table.frames("5.2-binary-of-" + length, frame(0x82, letters(length)));
    }
    for (int length : new int[] {0, 1, 125, 126, 300}) {
      table.chopped("5.2-octets-of-text-of-" + length, 1, frame(0x81, letters(length)));
    }
    for (int piece : new int[] {997, 1_024, 8_191}) {
      table.chopped("5.2-text-of-65536-in-pieces-of-" + piece, piece, frame(0x81, letters(65_536)));
    }
    table.chopped("5.2-octets-of-three-messages", 1, text("ping"), text("ping"), text("ping"));
    table.frames("5.2-three-messages", text("ping"), text("ping"), text("ping"));
  }

  private static void lengthForms(Table table) {
    for (int length : new int[] {0, 1, 125}) {
      table.frames("5.2-length-16-for-" + length, long16(length));
    }
    for (long length : new long[] {0, 125, 126, 65_535}) {
      table.frames("5.2-length-64-for-" + length, long64(length));
    }
    for (long length : new long[] {Long.MIN_VALUE, -1, Long.MIN_VALUE | 65_536}) {
      table.frames("5.2-length-64-of-%016x".formatted(length), long64(length));
    }
  }

  private static void reservedBits(Table table) {
    for (int bits = 1; bits <= 7; bits++) {
      table.frames("5.2-rsv-%d-of-text".formatted(bits), frame(0x81 | bits << 4, "ping"));
    }
    for (int bits : new int[] {1, 2, 4}) {
      for (int first : new int[] {0x82, 0x88, 0x89}) {
        String id = "5.2-rsv-%d-of-%02x".formatted(bits, first);
        table.frames(id, frame(first | bits << 4, NONE));
      }
      table.frames(
          "5.2-rsv-%d-of-continuation".formatted(bits),
          frame(0x01, "pi"),
          frame(0x80 | bits << 4, "ng"));
      table.frames(
          "5.2-rsv-%d-behind-a-message".formatted(bits),
          text("ping"),
          frame(0x81 | bits << 4, "ping"));
      table.chopped(
          "5.2-rsv-%d-in-octets".formatted(bits),
          1,
          text("ping"),
          frame(0x81 | bits << 4, "ping"),
          frame(0x89, "x"));
    }
  }

  private static void reservedOpcodes(Table table) {
    for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
      table.frames("5.2-opcode-" + opcode, frame(0x80 | opcode, NONE));
    }
    table.frames("5.2-opcode-3-unfinished", frame(0x03, "ping"));
    table.frames("5.2-opcode-11-behind-a-message", text("ping"), frame(0x8B, "ping"));
    table.frames("5.2-opcode-3-in-a-message", frame(0x01, "pi"), frame(0x83, "ng"));
  }

  /** A message too large is refused by its header alone, also where its fragments are too much. */
  private static void bounds(Table table) {
    for (long length : new long[] {ECHO_BOUND + 1, 1L << 40, Long.MAX_VALUE}) {
      byte[] header = Arrays.copyOf(long64(length), 14);
      table.unfinished("10.4-message-of-%d".formatted(length), header);
    }
    table.unfinished(
        "10.4-fragments-of-%d".formatted(ECHO_BOUND + 1),
        frame(0x02, letters(4_000)),
        Arrays.copyOf(long64(0x00, ECHO_BOUND - 3_999), 14));
    table.frames("10.4-message-of-%d".formatted(ECHO_BOUND), frame(0x81, letters(ECHO_BOUND)));
    table.frames("10.4-fragments-of-4096", frame(0x01, letters(4_000)), frame(0x80, letters(96)));
    table.frames("10.4-fragments-of-4097", frame(0x01, letters(4_000)), frame(0x80, letters(97)));
  }

  private static byte[] long16(int length) {
    return masked(
        Unpooled.buffer().writeByte(0x81).writeByte(0xFE).writeShort(length), letters(length), 1);
  }

  private static byte[] long64(long length) {
    return long64(0x81, length);
  }

  /** The payload is left out where nobody would have it. */
  private static byte[] long64(int first, long length) {
    return masked(
        Unpooled.buffer().writeByte(first).writeByte(0xFF).writeLong(length),
        letters(length >= 0 && length < 65_536 ? (int) length : 0),
        1);
  }

  private static byte[] letters(int length) {
    byte[] letters = new byte[length];
    for (int i = 0; i < length; i++) {
      letters[i] = (byte) ('a' + i % 26);
    }
    return letters;
  }

  private static byte[] hex(String bytes) {
    return ByteBufUtil.decodeHexDump(bytes);
  }
}
