package io.pushgate.protocol.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.JsonObject;
import io.pushgate.protocol.JsonText;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The JSON of the frames from the gateway to a browser. Any thread. */
public final class ServerFrames {
  private static final byte[] NOTIFICATION = ascii("{\"op\":\"notification\",\"cursor\":\"");
  private static final byte[] RECALL = ascii("{\"op\":\"recall\",\"cursor\":\"");
  private static final byte[] ID = ascii("\",\"id\":");
  private static final byte[] TYPE = ascii(",\"type\":");
  private static final byte[] TS = ascii(",\"ts\":");
  private static final byte[] DATA = ascii(",\"data\":");
  private static final int FIXED_LENGTH =
      NOTIFICATION.length + ID.length + TS.length + DATA.length + 1;

  private ServerFrames() {}

  /** Appends one frame, the fields in the order of the documentation. */
  public static void write(ServerFrame frame, ByteBuf out) {
    frame.match(new ServerFrameWriter(out)).end();
  }

  /**
   * Appends a notification without making anything on the way.
   *
   * @param cursor ASCII without anything to escape, as every cursor is
   * @param idJson the id as {@link JsonText#quote} gives it
   * @param typeJson the type in the same form; null leaves it out
   */
  public static void notification(
      ByteBuf out,
      CharSequence cursor,
      byte[] idJson,
      byte @Nullable [] typeJson,
      long timestampMillis,
      Payload data) {
    out.writeBytes(NOTIFICATION);
    ByteBufUtil.writeAscii(out, cursor);
    out.writeBytes(ID).writeBytes(idJson);
    if (typeJson != null) {
      out.writeBytes(TYPE).writeBytes(typeJson);
    }
    out.writeBytes(TS);
    JsonText.write(out, timestampMillis);
    out.writeBytes(DATA);
    data.writeTo(out);
    out.writeByte('}');
  }

  /** Appends the recall of a notification without making anything on the way; as above. */
  public static void recall(ByteBuf out, CharSequence cursor, byte[] idJson) {
    out.writeBytes(RECALL);
    ByteBufUtil.writeAscii(out, cursor);
    out.writeBytes(ID).writeBytes(idJson).writeByte('}');
  }

  /** How many bytes {@link #notification} appends, for a header that goes before them. */
  public static int notificationLength(
      CharSequence cursor,
      byte[] idJson,
      byte @Nullable [] typeJson,
      long timestampMillis,
      Payload data) {
    int type = typeJson == null ? 0 : TYPE.length + typeJson.length;
    return FIXED_LENGTH
        + cursor.length()
        + idJson.length
        + type
        + JsonText.length(timestampMillis)
        + data.length();
  }

  /**
   * Reads one frame, for clients.
   *
   * @return null for an {@code op} of a newer protocol, which a client ignores
   * @throws IllegalArgumentException where it is no frame, with the field or column
   */
  public static @Nullable ServerFrame read(byte[] frame) {
    JsonObject fields = JsonObject.parse(frame, 0, frame.length);
    return switch (fields.text("op")) {
      case "welcome" -> welcome(fields);
      case "notification" -> notification(fields);
      case "recall" -> new ServerFrame.Recall(cursor(fields), fields.text("id"));
      case "gap" -> new ServerFrame.Gap();
      case "acked" -> new ServerFrame.Acked(position(fields));
      case "authenticated" -> new ServerFrame.Authenticated(fields.number("expires"));
      case "pong" -> new ServerFrame.Pong();
      case "reconnect" -> new ServerFrame.Reconnect(fields.number("delayMs"));
      case "error" -> error(fields);
      default -> null;
    };
  }

  /** As {@link #read(byte[])}, of the readable bytes, which are consumed. */
  public static @Nullable ServerFrame read(ByteBuf frame) {
    byte[] bytes = ByteBufUtil.getBytes(frame);
    frame.skipBytes(bytes.length);
    return read(bytes);
  }

  private static ServerFrame welcome(JsonObject fields) {
    return new ServerFrame.Welcome(
        UserId.of(fields.text("user")),
        fields.text("session"),
        position(fields),
        fields.bool("resumed"),
        Math.toIntExact(fields.number("heartbeat")));
  }

  private static ServerFrame notification(JsonObject fields) {
    return new ServerFrame.Notification(
        cursor(fields),
        fields.text("id"),
        fields.textOrNull("type"),
        fields.number("ts"),
        fields.value("data"));
  }

  private static ServerFrame error(JsonObject fields) {
    ClientErrorCode code = ClientErrorCode.of(fields.text("code"));
    if (code == null) {
      throw new IllegalArgumentException("code: is unknown");
    }
    return new ServerFrame.Error(code, fields.text("message"));
  }

  private static Cursor cursor(JsonObject fields) {
    return Cursor.of(fields.text("cursor"));
  }

  private static Position position(JsonObject fields) {
    Position position = Position.parse(fields.text("cursor"));
    if (position == null) {
      throw new IllegalArgumentException("cursor: is no position");
    }
    return position;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
