package io.pushgate.protocol.client;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.JsonWriter;

/** Appends one frame but for its closing brace. Confined to its caller. */
final class ServerFrameWriter implements ServerFrame.Cases<JsonWriter> {
  private static final byte[] CURSOR = JsonWriter.label("cursor");
  private static final byte[] ID = JsonWriter.label("id");

  private final JsonWriter json;

  ServerFrameWriter(ByteBuf out) {
    this.json = new JsonWriter(out);
  }

  @Override
  public JsonWriter welcome(ServerFrame.Welcome frame) {
    return begin("welcome")
        .text(JsonWriter.label("user"), frame.user().value())
        .text(JsonWriter.label("session"), frame.session())
        .text(CURSOR, frame.cursor().toString())
        .bool(JsonWriter.label("resumed"), frame.resumed())
        .number(JsonWriter.label("heartbeat"), frame.heartbeatSeconds());
  }

  @Override
  public JsonWriter notification(ServerFrame.Notification frame) {
    begin("notification").text(CURSOR, frame.cursor().value()).text(ID, frame.id());
    if (frame.type() != null) {
      json.text(JsonWriter.label("type"), frame.type());
    }
    return json.number(JsonWriter.label("ts"), frame.timestampMillis())
        .value(JsonWriter.label("data"), frame.data());
  }

  @Override
  public JsonWriter recall(ServerFrame.Recall frame) {
    return begin("recall").text(CURSOR, frame.cursor().value()).text(ID, frame.id());
  }

  @Override
  public JsonWriter gap(ServerFrame.Gap frame) {
    return begin("gap");
  }

  @Override
  public JsonWriter acked(ServerFrame.Acked frame) {
    return begin("acked").text(CURSOR, frame.cursor().toString());
  }

  @Override
  public JsonWriter authenticated(ServerFrame.Authenticated frame) {
    return begin("authenticated").number(JsonWriter.label("expires"), frame.expires());
  }

  @Override
  public JsonWriter pong(ServerFrame.Pong frame) {
    return begin("pong");
  }

  @Override
  public JsonWriter reconnect(ServerFrame.Reconnect frame) {
    return begin("reconnect").number(JsonWriter.label("delayMs"), frame.delayMillis());
  }

  @Override
  public JsonWriter error(ServerFrame.Error frame) {
    return begin("error")
        .text(JsonWriter.label("code"), frame.code().wire())
        .text(JsonWriter.label("message"), frame.message());
  }

  private JsonWriter begin(String op) {
    return json.begin(JsonWriter.opening(op));
  }
}
