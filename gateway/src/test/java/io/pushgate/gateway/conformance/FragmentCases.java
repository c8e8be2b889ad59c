package io.pushgate.gateway.conformance;

import static io.pushgate.gateway.websocket.ClientBytes.frame;

import java.util.ArrayList;
import java.util.List;

/** Messages in fragments (section 5.4), as patterns of frames. Any thread. */
final class FragmentCases {
  /**
   * A capital letter is a frame that ends its message: text, binary, continuation; {@code P} and
   * {@code O} are ping and pong.
   */
  private static final List<String> FRAMES = List.of("T", "t", "b", "C", "c", "P");

  private static final List<String> LONG_ONES =
      List.of(
          "tccccC",
          "bccccC",
          "tPPPcOC",
          "tcPcPC",
          "tOC",
          "bPcPC",
          "PtPcPCP",
          "tCtC",
          "tCbC",
          "tB",
          "tCC",
          "tcT",
          "tcb",
          "bcT",
          "tCc",
          "BTB",
          "PPPPPPPPPP",
          "OOO",
          "OP");

  private FragmentCases() {}

  static void addTo(Table table) {
    for (String first : FRAMES) {
      add(table, first);
      for (String second : FRAMES) {
        add(table, first + second);
      }
    }
    LONG_ONES.forEach(pattern -> add(table, pattern));
    for (String pattern : List.of("bPcPC", "tPcT")) {
      table.chopped("5.4-%s-in-octets".formatted(pattern), 1, frames(pattern));
    }
    table.frames("5.4-empty-fragments", frame(0x01, ""), frame(0x00, ""), frame(0x80, ""));
    table.frames("5.4-empty-first", frame(0x01, ""), frame(0x00, ""), frame(0x80, "ping"));
    table.frames("5.4-empty-last", frame(0x01, "ping"), frame(0x00, ""), frame(0x80, ""));
    table.frames("5.4-empty-binary", frame(0x02, ""), frame(0x80, ""));
    many(table);
  }

  private static void many(Table table) {
    byte[][] fragments = new byte[2_000][];
    for (int i = 0; i < fragments.length; i++) {
      int first = i == 0 ? 0x01 : i == fragments.length - 1 ? 0x80 : 0x00;
      fragments[i] = frame(first, "a");
    }
    table.frames("5.4-fragments-2000", fragments);
    table.chopped("5.4-fragments-2000-in-pieces-of-97", 97, fragments);
  }

  private static void add(Table table, String pattern) {
    table.frames("5.4-" + pattern, frames(pattern));
  }

  private static byte[][] frames(String pattern) {
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < pattern.length(); i++) {
      frames.add(frame(first(pattern.charAt(i)), Character.toString('a' + i)));
    }
    return frames.toArray(byte[][]::new);
  }

  private static int first(char kind) {
    return switch (kind) {
      case 'T' -> 0x81;
      case 't' -> 0x01;
      case 'B' -> 0x82;
      case 'b' -> 0x02;
      case 'C' -> 0x80;
      case 'c' -> 0x00;
      case 'P' -> 0x89;
      case 'O' -> 0x8A;
      default -> throw new IllegalArgumentException("no frame: " + kind);
    };
  }
}
