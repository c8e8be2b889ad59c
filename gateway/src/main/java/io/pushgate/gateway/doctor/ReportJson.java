package io.pushgate.gateway.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pushgate.gateway.nginx.Edit;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** The report for programs, as one line of JSON. Any thread. */
public final class ReportJson {
  private static final JsonFactory JSON = new JsonFactory();

  private ReportJson() {}

  /**
   * {@code {"verdict","exit","hops":[{"hop","state","detail"}],"diagnosis","further":[...],
   * "warnings":[...]}}; a finding is {@code
   * {"code","hop","summary","sent","seen","fix","advice","edits":[
   * {"place","path","lines":[...]}],"file","line"}}.
   */
  public static String line(Report report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("verdict", lower(report.verdict()));
      json.writeNumberField("exit", report.verdict().exitCode());
      json.writeArrayFieldStart("hops");
      for (Report.Station station : report.stations()) {
        json.writeStartObject();
        json.writeStringField("hop", lower(station.hop()));
        json.writeStringField("state", station.state().name());
        json.writeStringField("detail", station.detail());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeFieldName("diagnosis");
      if (report.diagnosis().isPresent()) {
        finding(json, report.diagnosis().get());
      } else {
        json.writeNull();
      }
      findings(json, "further", report.broken().stream().skip(1).toList());
      findings(json, "warnings", report.warnings());
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static void findings(JsonGenerator json, String name, List<Diagnosis> all)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Diagnosis each : all) {
      finding(json, each);
    }
    json.writeEndArray();
  }

  private static void finding(JsonGenerator json, Diagnosis found) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", found.code());
    json.writeStringField("hop", lower(found.hop()));
    json.writeStringField("summary", found.summary());
    json.writeStringField("sent", found.sent());
    json.writeStringField("seen", found.seen());
    json.writeStringField("fix", found.fix());
    json.writeStringField("advice", found.advice());
    json.writeArrayFieldStart("edits");
    for (Edit edit : found.edits()) {
      json.writeStartObject();
      json.writeStringField("place", lower(edit.place()));
      json.writeStringField("path", edit.path());
      json.writeArrayFieldStart("lines");
      for (String line : edit.lines()) {
        json.writeString(line);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    if (found.spot().isPresent()) {
      json.writeStringField("file", found.spot().get().file());
      json.writeNumberField("line", found.spot().get().line());
    }
    json.writeEndObject();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
