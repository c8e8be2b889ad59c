package io.pushgate.bench.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a command has measured, as a table for people and as JSON for machines, from the same
 * figures. Immutable.
 *
 * @param title what was done, in a line
 * @param facts what belongs to the figures: command, options, environment
 * @param remarks what a reader must know before he believes a figure
 */
public record Report(
    String title, Map<String, Object> facts, List<Section> sections, List<String> remarks) {
  private static final int LABEL_WIDTH = 34;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public Report {
    facts = new LinkedHashMap<>(facts);
    sections = List.copyOf(sections);
    remarks = List.copyOf(remarks);
  }

  public String table() {
    StringBuilder out = new StringBuilder(title).append('\n');
    for (Section section : sections) {
      out.append("  ").append(section.title()).append('\n');
      for (Figure figure : section.figures()) {
        out.append("    ").append(padded(figure.label())).append(value(figure)).append('\n');
      }
    }
    for (String remark : remarks) {
      out.append("  note: ").append(remark).append('\n');
    }
    return out.toString();
  }

  public String json() {
    Map<String, Object> root = new LinkedHashMap<>(facts);
    for (Section section : sections) {
      Map<String, Object> values = new LinkedHashMap<>();
      section.figures().forEach(figure -> values.put(figure.key(), figure.value()));
      root.put(section.key(), values);
    }
    root.put("notes", remarks);
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and texts are JSON", e);
    }
  }

  private static String padded(String label) {
    return String.format(Locale.ROOT, "%-" + LABEL_WIDTH + "s", label);
  }

  private static String value(Figure figure) {
    Object value = figure.value();
    String text;
    if (value instanceof Double number) {
      text = String.format(Locale.ROOT, "%,.3f", number);
    } else if (value instanceof Long number) {
      text = String.format(Locale.ROOT, "%,d", number);
    } else {
      text = value.toString();
    }
    return figure.unit().isEmpty() ? text : text + " " + figure.unit();
  }
}
