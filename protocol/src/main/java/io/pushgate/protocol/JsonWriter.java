package io.pushgate.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Appends one JSON object with an {@code op} to a buffer, field by field, without an intermediate
 * text. What repeats is encoded once, as {@link #opening} and {@link #label}. Confined to its
 * caller, who keeps the buffer.
 */
public final class JsonWriter {
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  private final ByteBuf out;

  public JsonWriter(ByteBuf out) {
    this.out = out;
  }

  /** The beginning of an object up to and with its {@code op}. */
  public static byte[] opening(String op) {
    return ascii("{\"op\":\"" + op + "\"");
  }

  /** A comma, a field's name and the colon. */
  public static byte[] label(String name) {
    return ascii(",\"" + name + "\":");
  }

  public JsonWriter begin(byte[] opening) {
    out.writeBytes(opening);
    return this;
  }

  public JsonWriter text(byte[] label, String value) {
    out.writeBytes(label);
    JsonText.write(out, value);
    return this;
  }

  public JsonWriter number(byte[] label, long value) {
    out.writeBytes(label);
    JsonText.write(out, value);
    return this;
  }

  public JsonWriter bool(byte[] label, boolean value) {
    out.writeBytes(label).writeBytes(value ? TRUE : FALSE);
    return this;
  }

  public JsonWriter value(byte[] label, Payload value) {
    out.writeBytes(label);
    value.writeTo(out);
    return this;
  }

  public void end() {
    out.writeByte('}');
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
