package io.pushgate.protocol.ingress;

import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.UserId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one answer from the body of one binary frame. Confined to its caller. */
final class BinaryAnswerReader {
  private static final Held[] HELD = Held.values();
  private static final DeliveryState[] STATES = DeliveryState.values();
  private static final ReceiptEvent[] EVENTS = ReceiptEvent.values();

  private final BodyReader body;

  BinaryAnswerReader(byte[] body) {
    this.body = new BodyReader(body);
  }

  IngressAnswer read(AnswerKind kind) throws BodyFault {
    IngressAnswer answer = answer(kind);
    body.end();
    return answer;
  }

  private IngressAnswer answer(AnswerKind kind) throws BodyFault {
    return switch (kind) {
      case OK -> ok();
      case ACK -> ack();
      case PONG -> new IngressAnswer.Pong();
      case PRESENCE_IS -> new IngressAnswer.PresenceIs(user(), count("sessions"));
      case STATUS_IS -> status();
      case GAP -> new IngressAnswer.Gap();
      case RECEIPT -> receipt();
      case NACK -> nack();
      case GOAWAY -> new IngressAnswer.Goaway(text("reason"));
    };
  }

  private IngressAnswer ok() throws BodyFault {
    return new IngressAnswer.Ok(cursor(), flag("resumed"));
  }

  private IngressAnswer ack() throws BodyFault {
    return new IngressAnswer.Ack(
        text("id"), count("users"), count("sessions"), oneOf("held", HELD), flag("duplicate"));
  }

  private IngressAnswer nack() throws BodyFault {
    String id = body.text("id");
    NackCode code = NackCode.of(text("code"));
    if (code == null) {
      throw new BodyFault("code: is unknown");
    }
    return new IngressAnswer.Nack(id, code, text("message"));
  }

  private IngressAnswer status() throws BodyFault {
    String id = text("id");
    int sent = count("sent");
    int acknowledged = count("acknowledged");
    int count = count("users");
    List<IngressAnswer.UserState> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      users.add(new IngressAnswer.UserState(user(), oneOf("state", STATES), body.i64("ts")));
    }
    return new IngressAnswer.StatusIs(id, sent, acknowledged, users);
  }

  private IngressAnswer receipt() throws BodyFault {
    return new IngressAnswer.Receipt(
        cursor(), text("id"), user(), oneOf("event", EVENTS), body.i64("ts"));
  }

  private @Nullable Cursor cursor() throws BodyFault {
    String cursor = body.text("cursor");
    return cursor == null ? null : Cursor.of(cursor);
  }

  private String text(String field) throws BodyFault {
    String text = body.text(field);
    return text == null ? "" : text;
  }

  private UserId user() throws BodyFault {
    return UserId.of(text("user"));
  }

  private int count(String field) throws BodyFault {
    int count = body.i32(field);
    if (count < 0) {
      throw new BodyFault(field + ": is too large");
    }
    return count;
  }

  private boolean flag(String field) throws BodyFault {
    return oneOf(field, new Boolean[] {false, true});
  }

  private <T> T oneOf(String field, T[] values) throws BodyFault {
    int index = body.u8(field);
    if (index >= values.length) {
      throw new BodyFault("%s: %d is unknown".formatted(field, index));
    }
    return values[index];
  }
}
