package io.pushgate.gateway.conformance;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** A frame of the server, which may be none by RFC 6455, in words. Immutable. */
final class Frame {
  private static final Pattern OP =
      Pattern.compile("\\{\"op\":\"(\\w+)\"(?:,\"code\":\"(\\w+)\")?.*", Pattern.DOTALL);
  private static final int SHOWN = 16;

  private final int first;
  private final int form;
  private final byte[] payload;

  private Frame(int first, int form, byte[] payload) {
    this.first = first;
    this.form = form;
    this.payload = payload;
  }

  static Frame read(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    int form = in.readUnsignedByte();
    long length = form == 126 ? in.readUnsignedShort() : form == 127 ? in.readLong() : form;
    if (form > 127 || length > 1 << 25) {
      return new Frame(first, form, new byte[0]);
    }
    return new Frame(first, form, in.readNBytes((int) length));
  }

  boolean isClose() {
    return first == 0x88;
  }

  boolean isPong(String of) {
    return first == 0x8A && of.equals(new String(payload, StandardCharsets.UTF_8));
  }

  /** What it says; of a session's own frames, op and code. */
  String words() {
    if (!isByTheRfc()) {
      return "broken %02x %02x".formatted(first, form);
    }
    return switch (first) {
      case 0x81 -> text();
      case 0x82 -> "binary " + shown();
      case 0x88 -> "close" + (payload.length < 2 ? "" : " " + code());
      case 0x89 -> "ping " + shown();
      case 0x8A -> "pong " + shown();
      default -> "broken %02x".formatted(first);
    };
  }

  /** Whole, unmasked, of the shortest length, and a control frame no longer than one may be. */
  private boolean isByTheRfc() {
    int shortest = payload.length <= 125 ? payload.length : payload.length <= 0xFFFF ? 126 : 127;
    return form == shortest && (first < 0x88 || form <= 125);
  }

  private int code() {
    return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
  }

  private String text() {
    Matcher op = OP.matcher(new String(payload, StandardCharsets.UTF_8));
    if (op.matches()) {
      return op.group(2) == null ? op.group(1) : op.group(1) + " " + op.group(2);
    }
    return "text " + shown();
  }

  /** The bytes themselves, or how many they are and what they sum up to. */
  private String shown() {
    boolean letters = true;
    for (byte b : payload) {
      letters &= b > ' ' && b < 0x7F;
    }
    if (payload.length <= SHOWN && letters) {
      return "'" + new String(payload, StandardCharsets.US_ASCII) + "'";
    }
    CRC32 sum = new CRC32();
    sum.update(payload);
    return "of %d (%08x)".formatted(payload.length, sum.getValue());
  }
}
