package io.pushgate.protocol.ingress;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.UserId;

/** Appends the body of one request and tells its kind. Confined to its caller. */
final class BinaryRequestWriter
    implements IngressRequest.Cases<RequestKind>, Audience.Cases<ByteBuf> {
  private final ByteBuf out;

  BinaryRequestWriter(ByteBuf out) {
    this.out = out;
  }

  @Override
  public RequestKind hello(IngressRequest.Hello request) {
    BinaryText.write(out, request.secret());
    BinaryText.write(out, request.publisher());
    BinaryText.write(out, request.after());
    return RequestKind.HELLO;
  }

  @Override
  public RequestKind push(IngressRequest.Push request) {
    request.to().match(this);
    BinaryText.write(out, request.id());
    BinaryText.write(out, request.type());
    out.writeInt(request.ttlSeconds());
    BinaryText.write(out, request.collapse());
    out.writeBoolean(request.receipt());
    out.writeInt(request.data().length());
    request.data().writeTo(out);
    return RequestKind.PUSH;
  }

  @Override
  public RequestKind recall(IngressRequest.Recall request) {
    BinaryText.write(out, request.id());
    return RequestKind.RECALL;
  }

  @Override
  public RequestKind presence(IngressRequest.Presence request) {
    BinaryText.write(out, request.user().value());
    return RequestKind.PRESENCE;
  }

  @Override
  public RequestKind status(IngressRequest.Status request) {
    BinaryText.write(out, request.id());
    return RequestKind.STATUS;
  }

  @Override
  public RequestKind ping(IngressRequest.Ping request) {
    return RequestKind.PING;
  }

  @Override
  public ByteBuf one(Audience.One audience) {
    out.writeByte(BinaryRequestReader.ONE).writeShort(1);
    return BinaryText.write(out, audience.user().value());
  }

  @Override
  public ByteBuf several(Audience.Several audience) {
    out.writeByte(BinaryRequestReader.SEVERAL).writeShort(audience.users().size());
    for (UserId user : audience.users()) {
      BinaryText.write(out, user.value());
    }
    return out;
  }

  @Override
  public ByteBuf everyone(Audience.Everyone audience) {
    return out.writeByte(BinaryRequestReader.EVERYONE).writeShort(0);
  }
}
