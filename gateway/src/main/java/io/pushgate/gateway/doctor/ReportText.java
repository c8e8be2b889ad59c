package io.pushgate.gateway.doctor;

import io.pushgate.gateway.nginx.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report for people: a line for each hop, then what is wrong and what mends it. Any thread. */
public final class ReportText {
  private ReportText() {}

  /** The lines, in ASCII but for what the site's own names hold. */
  public static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    for (Report.Station station : report.stations()) {
      lines.add(
          "%-8s %-8s %s"
              .formatted(
                  station.hop().name().toLowerCase(Locale.ROOT), station.state(), station.detail())
              .stripTrailing());
    }
    report.broken().forEach(found -> add(lines, "broken", found));
    report.warnings().forEach(found -> add(lines, "warning", found));
    if (report.verdict() == Report.Verdict.HEALTHY) {
      beginParagraph(lines);
      lines.add("healthy");
    }
    return lines;
  }

  private static void add(List<String> lines, String kind, Diagnosis found) {
    beginParagraph(lines);
    lines.add("%s: %s (%s)".formatted(kind, found.summary(), found.code()));
    addIfAny(lines, "  sent: ", found.sent());
    addIfAny(lines, "  seen: ", found.seen());
    found.spot().ifPresent(at -> lines.add("  where: " + at));
    for (Edit edit : found.edits()) {
      lines.add("  fix, " + placeOf(edit) + ":");
      edit.lines().forEach(line -> lines.add("    " + line));
    }
    addIfAny(lines, found.edits().isEmpty() ? "  fix: " : "  also: ", found.advice());
  }

  private static void beginParagraph(List<String> lines) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
  }

  private static String placeOf(Edit edit) {
    return switch (edit.place()) {
      case MAIN -> "at the top of nginx.conf, outside all blocks";
      case HTTP -> "in http{}";
      case SERVER -> "in the server{} that serves this host and port";
      case LOCATION -> "in the location{} that takes " + edit.path();
    };
  }

  private static void addIfAny(List<String> lines, String label, String text) {
    if (!text.isEmpty()) {
      lines.add(label + text.replace("\n", "\n" + " ".repeat(label.length())));
    }
  }
}
