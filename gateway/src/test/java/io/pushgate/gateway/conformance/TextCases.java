package io.pushgate.gateway.conformance;

import static io.pushgate.gateway.websocket.ClientBytes.frame;
import static io.pushgate.gateway.websocket.ClientBytes.masked;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;

/** The UTF-8 of text (sections 5.6 and 8.1). Any thread. */
final class TextCases {
  private static final List<String> GOOD =
      List.of(
          "00",
          "7f",
          "c280",
          "dfbf",
          "e0a080",
          "ed9fbf",
          "ee8080",
          "efbfbd",
          "efbfbe",
          "efbfbf",
          "f0908080",
          "f09fbfbe",
          "f48fbfbf",
          "efbbbf61",
          "cebae1bdb9cf83cebcceb5");

  /** Lone and doubled tails, overlong forms, surrogates, and what lies beyond U+10FFFF. */
  private static final List<String> BAD =
      List.of(
          "80",
          "61bf",
          "c080",
          "c1bf",
          "e080af",
          "e09fbf",
          "f08080af",
          "f08fbfbf",
          "eda080",
          "edbfbf",
          "eda080edb080",
          "f4908080",
          "f5808080",
          "fc84808080",
          "fe",
          "ff",
          "c361",
          "e28261",
          "f09f9861",
          "e2c3a9");

  /** A character that is not whole. */
  private static final List<String> CUT = List.of("c3", "e2", "e282", "f0", "f09f", "f09f98");

  private static final String ALL_WIDTHS = "61cebae1bdb9f09f988062";

  private TextCases() {}

  static void addTo(Table table) {
    for (String text : GOOD) {
      table.frames("8.1-good-" + text, frame(0x81, hex(text)));
    }
    byte[] whole = hex(ALL_WIDTHS);
    for (int cut = 0; cut <= whole.length; cut++) {
      table.frames(
          "8.1-good-in-fragments-cut-at-" + cut,
          frame(0x01, Arrays.copyOf(whole, cut)),
          frame(0x80, Arrays.copyOfRange(whole, cut, whole.length)));
    }
    table.chopped("8.1-good-in-octets", 1, frame(0x81, whole));
    for (String text : BAD) {
      table.frames("8.1-bad-" + text, frame(0x81, hex(text)));
      // Behind this no text can be right, whatever is still to come of frame or message.
      table.unfinished("8.1-bad-%s-in-a-frame".formatted(text), begun(0x81, text));
      table.unfinished("8.1-bad-%s-in-a-fragment".formatted(text), frame(0x01, hex(text)));
    }
    for (String text : CUT) {
      table.frames("8.1-cut-" + text, frame(0x81, hex(text)));
      table.frames(
          "8.1-cut-%s-in-fragments".formatted(text), frame(0x01, hex(text)), frame(0x80, ""));
      table.frames(
          "8.1-cut-%s-and-a-letter".formatted(text), frame(0x01, hex(text)), frame(0x80, "a"));
      table.frames(
          "8.1-cut-%s-and-a-ping".formatted(text), frame(0x01, hex(text)), frame(0x89, "between"));
    }
    table.frames("8.1-bad-ff-is-binary", frame(0x82, hex("ff")));
    table.frames("8.1-cut-behind-a-message", frame(0x81, hex(ALL_WIDTHS)), frame(0x81, hex("c3")));
  }

  /** The first bytes of a frame that announces a hundred. */
  private static byte[] begun(int first, String text) {
    return masked(Unpooled.buffer().writeByte(first).writeByte(0x80 | 100), hex(text), 0x37FA213D);
  }

  private static byte[] hex(String bytes) {
    return ByteBufUtil.decodeHexDump(bytes);
  }
}
