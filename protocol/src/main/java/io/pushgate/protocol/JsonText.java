package io.pushgate.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** JSON strings and numbers to and from UTF-8 bytes. Any thread. */
public final class JsonText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private JsonText() {}

  /** The JSON string, with its quotes, that says this text: made once for what is written often. */
  public static byte[] quote(String text) {
    ByteBuf out = Unpooled.buffer(text.length() + 2);
    write(out, text);
    return ByteBufUtil.getBytes(out);
  }

  /**
   * Appends the text as a JSON string. Plain ASCII takes no detour; an unpaired surrogate becomes
   * U+FFFD.
   */
  public static void write(ByteBuf out, String text) {
    out.writeByte('"');
    if (isPlain(text)) {
      ByteBufUtil.writeAscii(out, text);
    } else {
      writeEscaped(out, text);
    }
    out.writeByte('"');
  }

  /** Appends a number in decimal. */
  public static void write(ByteBuf out, long number) {
    if (number < 0) {
      ByteBufUtil.writeAscii(out, Long.toString(number));
      return;
    }
    int digits = digits(number);
    int from = out.writerIndex();
    out.ensureWritable(digits);
    long rest = number;
    for (int i = from + digits - 1; i >= from; i--) {
      out.setByte(i, (int) ('0' + rest % 10));
      rest /= 10;
    }
    out.writerIndex(from + digits);
  }

  /** How many bytes {@link #write(ByteBuf, long)} appends. */
  public static int length(long number) {
    return number < 0 ? Long.toString(number).length() : digits(number);
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** What the bytes between the quotes of a string say; the scanner has checked them. */
  static String decode(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        return unescape(new String(bytes, from, to - from, StandardCharsets.UTF_8));
      }
    }
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static String unescape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = text.charAt(++i);
      if (escape == 'u') {
        out.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
        i += 4;
      } else {
        out.append(unescape(escape));
      }
    }
    return out.toString();
  }

  private static char unescape(char escape) {
    return switch (escape) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escape;
    };
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static void writeEscaped(ByteBuf out, String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\') {
        writeEscape(out, c);
      } else if (c < 0x7f) {
        out.writeByte(c);
      } else {
        int run = i + 1;
        while (run < length && text.charAt(run) >= 0x7f) {
          run++;
        }
        writeWide(out, text, i, run);
        i = run - 1;
      }
    }
  }

  private static void writeEscape(ByteBuf out, char c) {
    out.writeByte('\\');
    switch (c) {
      case '\b' -> out.writeByte('b');
      case '\f' -> out.writeByte('f');
      case '\n' -> out.writeByte('n');
      case '\r' -> out.writeByte('r');
      case '\t' -> out.writeByte('t');
      case '"', '\\' -> out.writeByte(c);
      default -> {
        ByteBufUtil.writeAscii(out, "u00");
        out.writeByte(HEX[c >> 4]);
        out.writeByte(HEX[c & 0xf]);
      }
    }
  }

  private static void writeWide(ByteBuf out, String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        ByteBufUtil.writeUtf8(out, text, i, i + 1);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        ByteBufUtil.writeUtf8(out, text, i, i + 2);
        i++;
      } else {
        ByteBufUtil.writeUtf8(out, "\uFFFD");
      }
    }
  }
}
