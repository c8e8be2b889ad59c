package io.pushgate.gateway.client;

import io.pushgate.protocol.JsonFault;
import io.pushgate.protocol.JsonFields;
import io.pushgate.protocol.JsonKind;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.client.ClientErrorCode;
import io.pushgate.protocol.client.MalformedFrame;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the body of an acknowledgement, {@code {"cursor":"POSITION"}}. Any thread. */
final class AckBody {
  private static final byte[][] NAMES = {"cursor".getBytes(StandardCharsets.US_ASCII)};

  private AckBody() {}

  /**
   * Returns the position; fields of other names are ignored.
   *
   * @throws MalformedFrame with what to tell the client
   */
  static Position position(byte[] body) throws MalformedFrame {
    String cursor = null;
    JsonFields fields = new JsonFields(body, 0, body.length);
    try {
      while (fields.next()) {
        if (fields.nameIn(NAMES) >= 0) {
          cursor = text(fields, cursor);
        }
      }
    } catch (JsonFault fault) {
      throw bad(fault.explanation());
    }
    Position position = cursor == null ? null : Position.parse(cursor);
    if (position == null) {
      throw bad(cursor == null ? "cursor: is missing" : "cursor: is no position");
    }
    return position;
  }

  private static String text(JsonFields fields, @Nullable String before)
      throws JsonFault, MalformedFrame {
    JsonKind kind = fields.value();
    if (kind != JsonKind.STRING || before != null) {
      throw bad(
          before == null
              ? "cursor: expected a string, found " + kind.words()
              : "cursor: is given twice");
    }
    return fields.text();
  }

  private static MalformedFrame bad(String message) {
    return new MalformedFrame(ClientErrorCode.BAD_CURSOR, message);
  }
}
