package io.pushgate.protocol.client;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.JsonFault;
import io.pushgate.protocol.JsonFields;
import io.pushgate.protocol.JsonKind;
import io.pushgate.protocol.JsonWriter;
import io.pushgate.protocol.Position;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The JSON of the frames from a browser to the gateway. Any thread. */
public final class ClientFrames {
  private static final byte[][] NAMES = {ascii("op"), ascii("cursor"), ascii("token")};

  private ClientFrames() {}

  /**
   * Reads one frame; fields that it does not need are ignored. The bare text {@code ping} is none.
   * The array stays the caller's, but line breaks in it become spaces.
   *
   * @throws MalformedFrame with what to tell the client; it never holds a token
   */
  public static ClientFrame read(byte[] bytes, int offset, int length) throws MalformedFrame {
    @Nullable String[] texts = new @Nullable String[NAMES.length];
    JsonFields fields = new JsonFields(bytes, offset, length);
    try {
      while (fields.next()) {
        int name = fields.nameIn(NAMES);
        if (name >= 0) {
          texts[name] = text(fields, name, texts[name]);
        }
      }
    } catch (JsonFault fault) {
      throw bad(fault.explanation());
    }
    return frame(needed("op", texts[0]), texts[1], texts[2]);
  }

  /** Appends one frame, for clients. */
  public static void write(ClientFrame frame, ByteBuf out) {
    frame.match(new Writer(new JsonWriter(out))).end();
  }

  private static ClientFrame frame(String op, @Nullable String cursor, @Nullable String token)
      throws MalformedFrame {
    return switch (op) {
      case "ack" -> new ClientFrame.Ack(position(needed("cursor", cursor)));
      case "ping" -> new ClientFrame.Ping();
      case "auth" -> new ClientFrame.Auth(needed("token", token));
      default -> throw bad("op: unknown operation");
    };
  }

  private static String text(JsonFields fields, int name, @Nullable String before)
      throws JsonFault, MalformedFrame {
    String field = new String(NAMES[name], StandardCharsets.US_ASCII);
    if (before != null) {
      throw bad(field + ": is given twice");
    }
    JsonKind kind = fields.value();
    if (kind != JsonKind.STRING) {
      throw bad(field + ": expected a string, found " + kind.words());
    }
    return fields.text();
  }

  private static Position position(String text) throws MalformedFrame {
    Position position = Position.parse(text);
    if (position == null) {
      throw new MalformedFrame(ClientErrorCode.BAD_CURSOR, "cursor: is no position");
    }
    return position;
  }

  private static String needed(String field, @Nullable String value) throws MalformedFrame {
    if (value == null) {
      throw bad(field + ": is missing");
    }
    return value;
  }

  private static MalformedFrame bad(String message) {
    return new MalformedFrame(ClientErrorCode.BAD_FRAME, message);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Appends a frame but for its closing brace. */
  private record Writer(JsonWriter json) implements ClientFrame.Cases<JsonWriter> {
    @Override
    public JsonWriter ack(ClientFrame.Ack frame) {
      return json.begin(JsonWriter.opening("ack"))
          .text(JsonWriter.label("cursor"), frame.cursor().toString());
    }

    @Override
    public JsonWriter ping(ClientFrame.Ping frame) {
      return json.begin(JsonWriter.opening("ping"));
    }

    @Override
    public JsonWriter auth(ClientFrame.Auth frame) {
      return json.begin(JsonWriter.opening("auth")).text(JsonWriter.label("token"), frame.token());
    }
  }
}
