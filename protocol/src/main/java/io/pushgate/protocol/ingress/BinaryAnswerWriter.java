package io.pushgate.protocol.ingress;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.Cursor;
import org.jspecify.annotations.Nullable;

/** Appends the body of one answer and tells its kind. Confined to its caller. */
final class BinaryAnswerWriter implements IngressAnswer.Cases<AnswerKind> {
  private final ByteBuf out;

  BinaryAnswerWriter(ByteBuf out) {
    this.out = out;
  }

  @Override
  public AnswerKind ok(IngressAnswer.Ok answer) {
    cursor(answer.cursor());
    out.writeBoolean(answer.resumed());
    return AnswerKind.OK;
  }

  @Override
  public AnswerKind ack(IngressAnswer.Ack answer) {
    BinaryText.write(out, answer.id());
    out.writeInt(answer.users()).writeInt(answer.sessions());
    out.writeByte(answer.held().number()).writeBoolean(answer.duplicate());
    return AnswerKind.ACK;
  }

  @Override
  public AnswerKind nack(IngressAnswer.Nack answer) {
    BinaryText.write(out, answer.id());
    BinaryText.write(out, answer.code().wire());
    BinaryText.write(out, answer.message());
    return AnswerKind.NACK;
  }

  @Override
  public AnswerKind presenceIs(IngressAnswer.PresenceIs answer) {
    BinaryText.write(out, answer.user().value()).writeInt(answer.sessions());
    return AnswerKind.PRESENCE_IS;
  }

  @Override
  public AnswerKind statusIs(IngressAnswer.StatusIs answer) {
    BinaryText.write(out, answer.id());
    out.writeInt(answer.sent()).writeInt(answer.acknowledged()).writeInt(answer.users().size());
    for (IngressAnswer.UserState user : answer.users()) {
      BinaryText.write(out, user.user().value());
      out.writeByte(user.state().number()).writeLong(user.ts());
    }
    return AnswerKind.STATUS_IS;
  }

  @Override
  public AnswerKind pong(IngressAnswer.Pong answer) {
    return AnswerKind.PONG;
  }

  @Override
  public AnswerKind receipt(IngressAnswer.Receipt answer) {
    cursor(answer.cursor());
    BinaryText.write(out, answer.id());
    BinaryText.write(out, answer.user().value());
    out.writeByte(answer.event().number()).writeLong(answer.ts());
    return AnswerKind.RECEIPT;
  }

  @Override
  public AnswerKind gap(IngressAnswer.Gap answer) {
    return AnswerKind.GAP;
  }

  @Override
  public AnswerKind goaway(IngressAnswer.Goaway answer) {
    BinaryText.write(out, answer.reason());
    return AnswerKind.GOAWAY;
  }

  private void cursor(@Nullable Cursor cursor) {
    BinaryText.write(out, cursor == null ? null : cursor.value());
  }
}
