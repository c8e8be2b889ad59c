package io.pushgate.gateway.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.pushgate.gateway.client.witness.Arrival;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The JSON that tells how a probe's requests arrived, all in ASCII. Any thread. */
final class ProbeReport {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private ProbeReport() {}

  static byte[] write(List<Arrival> arrivals) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeArrayFieldStart("requests");
      for (Arrival arrival : arrivals) {
        arrival(json, arrival);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return body.toByteArray();
  }

  private static void arrival(JsonGenerator json, Arrival arrival) throws IOException {
    json.writeStartObject();
    json.writeNumberField("ts", arrival.ts());
    json.writeStringField("line", arrival.line());
    json.writeStringField("version", arrival.version());
    json.writeStringField("peer", arrival.peer());
    json.writeArrayFieldStart("headers");
    for (Arrival.Header header : arrival.headers()) {
      json.writeStartObject();
      json.writeStringField("name", header.name());
      json.writeNumberField("size", header.size());
      if (header.value().isPresent()) {
        json.writeStringField("value", header.value().get());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
