package io.pushgate.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes a problem's JSON, all in ASCII, so that no half of a surrogate pair can break it. */
final class ProblemJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private ProblemJson() {}

  static byte[] write(Problem problem) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("title", problem.code().status().reasonPhrase());
      json.writeNumberField("status", problem.code().status().code());
      json.writeStringField("code", problem.code().code());
      json.writeStringField("detail", problem.detail());
      members(json, problem.members());
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return body.toByteArray();
  }

  private static void members(JsonGenerator json, Map<?, ?> members) throws IOException {
    for (Map.Entry<?, ?> member : members.entrySet()) {
      json.writeFieldName(String.valueOf(member.getKey()));
      value(json, member.getValue());
    }
  }

  private static void value(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      members(json, map);
      json.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        value(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else {
      json.writeString(value.toString());
    }
  }
}
