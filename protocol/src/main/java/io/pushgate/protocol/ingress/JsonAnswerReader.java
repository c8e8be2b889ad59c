package io.pushgate.protocol.ingress;

import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.JsonObject;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one answer from a JSON line, for publishers. Any thread. */
final class JsonAnswerReader {
  private JsonAnswerReader() {}

  static @Nullable Reply read(byte[] line, int offset, int length) {
    JsonObject fields = JsonObject.parse(line, offset, length);
    IngressAnswer answer = answer(fields);
    return answer == null ? null : new Reply(ref(fields), answer);
  }

  private static Ref ref(JsonObject fields) {
    if (!fields.has("ref")) {
      return Ref.NONE;
    }
    Payload token = fields.value("ref");
    return Ref.json(token.bytes(), token.offset(), token.length());
  }

  private static @Nullable IngressAnswer answer(JsonObject fields) {
    return switch (fields.text("op")) {
      case "ok" -> new IngressAnswer.Ok(cursorOrNull(fields), fields.bool("resumed"));
      case "ack" -> ack(fields);
      case "nack" -> nack(fields);
      case "presence" -> new IngressAnswer.PresenceIs(user(fields), count(fields, "sessions"));
      case "status" -> status(fields);
      case "pong" -> new IngressAnswer.Pong();
      case "receipt" -> receipt(fields);
      case "gap" -> new IngressAnswer.Gap();
      case "goaway" -> new IngressAnswer.Goaway(fields.text("reason"));
      default -> null;
    };
  }

  private static IngressAnswer ack(JsonObject fields) {
    return new IngressAnswer.Ack(
        fields.text("id"),
        count(fields, "users"),
        count(fields, "sessions"),
        known("held", Held.of(fields.text("held"))),
        fields.boolOr("duplicate", false));
  }

  private static IngressAnswer nack(JsonObject fields) {
    return new IngressAnswer.Nack(
        fields.textOrNull("id"),
        known("code", NackCode.of(fields.text("code"))),
        fields.text("message"));
  }

  private static IngressAnswer status(JsonObject fields) {
    List<IngressAnswer.UserState> users =
        fields.objects("users").stream().map(JsonAnswerReader::userState).toList();
    return new IngressAnswer.StatusIs(
        fields.text("id"), count(fields, "sent"), count(fields, "acknowledged"), users);
  }

  private static IngressAnswer.UserState userState(JsonObject fields) {
    DeliveryState state = known("state", DeliveryState.of(fields.text("state")));
    return new IngressAnswer.UserState(user(fields), state, fields.number("ts"));
  }

  private static IngressAnswer receipt(JsonObject fields) {
    return new IngressAnswer.Receipt(
        cursorOrNull(fields),
        fields.text("id"),
        user(fields),
        known("event", ReceiptEvent.of(fields.text("event"))),
        fields.number("ts"));
  }

  private static @Nullable Cursor cursorOrNull(JsonObject fields) {
    String cursor = fields.textOrNull("cursor");
    return cursor == null ? null : Cursor.of(cursor);
  }

  private static UserId user(JsonObject fields) {
    return UserId.of(fields.text("user"));
  }

  private static int count(JsonObject fields, String name) {
    return Math.toIntExact(fields.number(name));
  }

  private static <T> T known(String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(field + ": is unknown");
    }
    return value;
  }
}
