package io.pushgate.gateway.testing;

import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.client.ServerFrame;
import io.pushgate.protocol.client.ServerFrames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a session said, whichever its encoding. Immutable.
 *
 * @param kind the frame's op; or {@code ping} for what asks for a sign of life, {@code ping-answer}
 *     for a WebSocket pong, {@code pong-text} for the bare text, {@code close}
 * @param text a frame's JSON, a control frame's payload in Latin-1, the name of the close code
 * @param id the position that an event stream says with it
 */
public record Said(String kind, String text, @Nullable String id) {

  /** The frame, of an op that has one. */
  public ServerFrame frame() {
    ServerFrame frame = ServerFrames.read(text.getBytes(StandardCharsets.UTF_8));
    if (frame == null) {
      throw new AssertionError("an op that no client knows: " + text);
    }
    return frame;
  }

  /** A notification's data. */
  public String data() {
    return ((ServerFrame.Notification) frame()).data().text();
  }

  /** A notification's cursor. */
  public Cursor cursor() {
    return ((ServerFrame.Notification) frame()).cursor();
  }

  /** Reads all whole things that these bytes say, and leaves the buffer behind the last of them. */
  static List<Said> whole(ByteBuffer bytes, Format format) {
    List<Said> all = new ArrayList<>();
    while (true) {
      int start = bytes.position();
      Said one = format == Format.WEBSOCKET ? frame(bytes) : event(bytes);
      if (one == null) {
        bytes.position(start);
        return all;
      }
      all.add(one);
    }
  }

  private static @Nullable Said frame(ByteBuffer bytes) {
    if (bytes.remaining() < 2) {
      return null;
    }
    int opcode = bytes.get() & 0xff;
    long length = bytes.get();
    if (length > 125) {
      if (bytes.remaining() < (length == 126 ? 2 : 8)) {
        return null;
      }
      length = length == 126 ? bytes.getShort() & 0xffff : bytes.getLong();
    }
    if (length < 0 || length > bytes.remaining()) {
      return null;
    }
    byte[] payload = new byte[(int) length];
    bytes.get(payload);
    return frame(opcode, payload);
  }

  /** A WebSocket frame by its first byte. */
  static Said frame(int opcode, byte[] payload) {
    String text = new String(payload, StandardCharsets.UTF_8);
    return switch (opcode) {
      case 0x81 -> text.equals("pong") ? new Said("pong-text", "", null) : json(text, null);
      case 0x88 -> new Said("close", closeName(ByteBuffer.wrap(payload).getShort()), null);
      case 0x89 -> new Said("ping", latin1(payload), null);
      case 0x8A -> new Said("ping-answer", latin1(payload), null);
      default -> throw new AssertionError("no frame that a gateway sends: " + opcode);
    };
  }

  private static String latin1(byte[] payload) {
    return new String(payload, StandardCharsets.ISO_8859_1);
  }

  private static String closeName(int code) {
    CloseCode known = CloseCode.of(code);
    return known == null ? "unknown " + code : known.reason();
  }

  private static @Nullable Said event(ByteBuffer bytes) {
    int start = bytes.position();
    for (int at = start; at + 1 < bytes.limit(); at++) {
      if (bytes.get(at) == '\n' && bytes.get(at + 1) == '\n') {
        byte[] lines = new byte[at - start];
        bytes.get(lines).position(at + 2);
        return event(new String(lines, StandardCharsets.UTF_8));
      }
    }
    return null;
  }

  /** A server-sent event by its lines, without the empty one behind them. */
  static Said event(String lines) {
    if (lines.startsWith(":")) {
      return new Said("ping", "", null);
    }
    String name = "";
    String id = null;
    String data = "";
    for (String line : lines.split("\n", -1)) {
      int colon = line.indexOf(": ");
      String value = line.substring(colon + 2);
      switch (line.substring(0, colon)) {
        case "event" -> name = value;
        case "id" -> id = value;
        case "data" -> data = value;
        case "retry" -> Integer.parseInt(value);
        default -> throw new AssertionError("no line of an event: " + line);
      }
    }
    boolean last = name.equals("error") && !data.contains("\"message\"");
    Said said = last ? new Said("close", data.split("\"", -1)[7], null) : json(data, id);
    if (!last && !said.kind.equals(name)) {
      throw new AssertionError("the event " + name + " holds " + data);
    }
    return said;
  }

  /** The op is the first field of every frame. */
  private static Said json(String text, @Nullable String id) {
    return new Said(text.split("\"", -1)[3], text, id);
  }
}
