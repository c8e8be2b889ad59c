package io.pushgate.protocol.ingress;

import static io.pushgate.protocol.ingress.JsonNames.ACKNOWLEDGED;
import static io.pushgate.protocol.ingress.JsonNames.CODE;
import static io.pushgate.protocol.ingress.JsonNames.CURSOR;
import static io.pushgate.protocol.ingress.JsonNames.DUPLICATE;
import static io.pushgate.protocol.ingress.JsonNames.EVENT;
import static io.pushgate.protocol.ingress.JsonNames.HELD;
import static io.pushgate.protocol.ingress.JsonNames.ID;
import static io.pushgate.protocol.ingress.JsonNames.MESSAGE;
import static io.pushgate.protocol.ingress.JsonNames.REASON;
import static io.pushgate.protocol.ingress.JsonNames.REF;
import static io.pushgate.protocol.ingress.JsonNames.RESUMED;
import static io.pushgate.protocol.ingress.JsonNames.SENT;
import static io.pushgate.protocol.ingress.JsonNames.SESSIONS;
import static io.pushgate.protocol.ingress.JsonNames.STATE;
import static io.pushgate.protocol.ingress.JsonNames.TS;
import static io.pushgate.protocol.ingress.JsonNames.USER;
import static io.pushgate.protocol.ingress.JsonNames.USERS;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.JsonText;
import io.pushgate.protocol.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends one answer as a JSON object, straight into the buffer. Confined to its caller. */
final class JsonAnswerWriter implements IngressAnswer.Cases<JsonWriter> {
  private static final byte[] OK = JsonWriter.opening("ok");
  private static final byte[] ACK = JsonWriter.opening("ack");
  private static final byte[] NACK = JsonWriter.opening("nack");
  private static final byte[] PRESENCE = JsonWriter.opening("presence");
  private static final byte[] STATUS = JsonWriter.opening("status");
  private static final byte[] PONG = JsonWriter.opening("pong");
  private static final byte[] RECEIPT = JsonWriter.opening("receipt");
  private static final byte[] GAP = JsonWriter.opening("gap");
  private static final byte[] GOAWAY = JsonWriter.opening("goaway");
  private static final byte[] FIRST_USER = "[{\"user\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEXT_USER = ",{\"user\":".getBytes(StandardCharsets.US_ASCII);

  private final Ref ref;
  private final ByteBuf out;
  private final JsonWriter json;

  JsonAnswerWriter(Ref ref, ByteBuf out) {
    this.ref = ref;
    this.out = out;
    this.json = new JsonWriter(out);
  }

  @Override
  public JsonWriter ok(IngressAnswer.Ok answer) {
    return begin(OK, answer.cursor()).bool(RESUMED, answer.resumed());
  }

  @Override
  public JsonWriter ack(IngressAnswer.Ack answer) {
    begin(ACK)
        .text(ID, answer.id())
        .number(USERS, answer.users())
        .number(SESSIONS, answer.sessions())
        .text(HELD, answer.held().wire());
    return answer.duplicate() ? json.bool(DUPLICATE, true) : json;
  }

  @Override
  public JsonWriter nack(IngressAnswer.Nack answer) {
    begin(NACK);
    if (answer.id() != null) {
      json.text(ID, answer.id());
    }
    return json.text(CODE, answer.code().wire()).text(MESSAGE, answer.message());
  }

  @Override
  public JsonWriter presenceIs(IngressAnswer.PresenceIs answer) {
    return begin(PRESENCE).text(USER, answer.user().value()).number(SESSIONS, answer.sessions());
  }

  @Override
  public JsonWriter statusIs(IngressAnswer.StatusIs answer) {
    begin(STATUS)
        .text(ID, answer.id())
        .number(SENT, answer.sent())
        .number(ACKNOWLEDGED, answer.acknowledged());
    out.writeBytes(USERS);
    users(answer.users());
    return json;
  }

  private void users(List<IngressAnswer.UserState> users) {
    byte[] opening = FIRST_USER;
    for (IngressAnswer.UserState state : users) {
      out.writeBytes(opening);
      opening = NEXT_USER;
      JsonText.write(out, state.user().value());
      json.text(STATE, state.state().wire()).number(TS, state.ts()).end();
    }
    if (users.isEmpty()) {
      out.writeByte('[');
    }
    out.writeByte(']');
  }

  @Override
  public JsonWriter pong(IngressAnswer.Pong answer) {
    return begin(PONG);
  }

  @Override
  public JsonWriter receipt(IngressAnswer.Receipt answer) {
    return begin(RECEIPT, answer.cursor())
        .text(ID, answer.id())
        .text(USER, answer.user().value())
        .text(EVENT, answer.event().wire())
        .number(TS, answer.ts());
  }

  @Override
  public JsonWriter gap(IngressAnswer.Gap answer) {
    return begin(GAP);
  }

  @Override
  public JsonWriter goaway(IngressAnswer.Goaway answer) {
    return begin(GOAWAY).text(REASON, answer.reason());
  }

  private JsonWriter begin(byte[] opening, @Nullable Cursor cursor) {
    begin(opening);
    return cursor == null ? json : json.text(CURSOR, cursor.value());
  }

  private JsonWriter begin(byte[] opening) {
    json.begin(opening);
    if (!ref.isNone()) {
      out.writeBytes(REF);
      ref.writeTo(out);
    }
    return json;
  }
}
