package io.pushgate.protocol.ingress;

import io.pushgate.protocol.JsonWriter;

/** The names of fields, ready to be written. */
final class JsonNames {
  static final byte[] REF = JsonWriter.label("ref");
  static final byte[] ID = JsonWriter.label("id");
  static final byte[] TO = JsonWriter.label("to");
  static final byte[] TYPE = JsonWriter.label("type");
  static final byte[] DATA = JsonWriter.label("data");
  static final byte[] TTL = JsonWriter.label("ttl");
  static final byte[] COLLAPSE = JsonWriter.label("collapse");
  static final byte[] RECEIPT = JsonWriter.label("receipt");
  static final byte[] SECRET = JsonWriter.label("secret");
  static final byte[] PUBLISHER = JsonWriter.label("publisher");
  static final byte[] AFTER = JsonWriter.label("after");
  static final byte[] USER = JsonWriter.label("user");
  static final byte[] USERS = JsonWriter.label("users");
  static final byte[] SESSIONS = JsonWriter.label("sessions");
  static final byte[] HELD = JsonWriter.label("held");
  static final byte[] DUPLICATE = JsonWriter.label("duplicate");
  static final byte[] CODE = JsonWriter.label("code");
  static final byte[] MESSAGE = JsonWriter.label("message");
  static final byte[] CURSOR = JsonWriter.label("cursor");
  static final byte[] RESUMED = JsonWriter.label("resumed");
  static final byte[] SENT = JsonWriter.label("sent");
  static final byte[] ACKNOWLEDGED = JsonWriter.label("acknowledged");
  static final byte[] STATE = JsonWriter.label("state");
  static final byte[] TS = JsonWriter.label("ts");
  static final byte[] EVENT = JsonWriter.label("event");
  static final byte[] REASON = JsonWriter.label("reason");

  private JsonNames() {}
}
