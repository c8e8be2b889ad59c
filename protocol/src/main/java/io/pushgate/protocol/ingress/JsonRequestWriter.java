package io.pushgate.protocol.ingress;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.JsonText;
import io.pushgate.protocol.JsonWriter;
import io.pushgate.protocol.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends one request as a JSON object, straight into the buffer. Confined to its caller. */
final class JsonRequestWriter
    implements IngressRequest.Cases<JsonWriter>, Audience.Cases<JsonWriter> {
  private static final byte[] HELLO = JsonWriter.opening("hello");
  private static final byte[] PUSH = JsonWriter.opening("push");
  private static final byte[] RECALL = JsonWriter.opening("recall");
  private static final byte[] PRESENCE = JsonWriter.opening("presence");
  private static final byte[] STATUS = JsonWriter.opening("status");
  private static final byte[] PING = JsonWriter.opening("ping");

  private final Ref ref;
  private final ByteBuf out;
  private final JsonWriter json;

  JsonRequestWriter(Ref ref, ByteBuf out) {
    this.ref = ref;
    this.out = out;
    this.json = new JsonWriter(out);
  }

  @Override
  public JsonWriter hello(IngressRequest.Hello request) {
    begin(HELLO);
    optional(JsonNames.SECRET, request.secret());
    optional(JsonNames.PUBLISHER, request.publisher());
    return optional(JsonNames.AFTER, request.after());
  }

  @Override
  public JsonWriter push(IngressRequest.Push request) {
    begin(PUSH);
    optional(JsonNames.ID, request.id());
    request.to().match(this);
    optional(JsonNames.TYPE, request.type());
    json.value(JsonNames.DATA, request.data());
    if (request.ttlSeconds() != IngressRequest.Push.NO_TTL) {
      json.number(JsonNames.TTL, request.ttlSeconds());
    }
    optional(JsonNames.COLLAPSE, request.collapse());
    return request.receipt() ? json.bool(JsonNames.RECEIPT, true) : json;
  }

  @Override
  public JsonWriter recall(IngressRequest.Recall request) {
    return begin(RECALL).text(JsonNames.ID, request.id());
  }

  @Override
  public JsonWriter presence(IngressRequest.Presence request) {
    return begin(PRESENCE).text(JsonNames.USER, request.user().value());
  }

  @Override
  public JsonWriter status(IngressRequest.Status request) {
    return begin(STATUS).text(JsonNames.ID, request.id());
  }

  @Override
  public JsonWriter ping(IngressRequest.Ping request) {
    return begin(PING);
  }

  @Override
  public JsonWriter one(Audience.One audience) {
    return json.text(JsonNames.TO, audience.user().value());
  }

  @Override
  public JsonWriter several(Audience.Several audience) {
    out.writeBytes(JsonNames.TO);
    char separator = '[';
    List<UserId> users = audience.users();
    for (UserId user : users) {
      out.writeByte(separator);
      JsonText.write(out, user.value());
      separator = ',';
    }
    out.writeByte(']');
    return json;
  }

  @Override
  public JsonWriter everyone(Audience.Everyone audience) {
    return json.text(JsonNames.TO, "*");
  }

  private JsonWriter begin(byte[] opening) {
    json.begin(opening);
    if (!ref.isNone()) {
      out.writeBytes(JsonNames.REF);
      ref.writeTo(out);
    }
    return json;
  }

  private JsonWriter optional(byte[] label, @Nullable String value) {
    return value == null ? json : json.text(label, value);
  }
}
