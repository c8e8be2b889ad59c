package io.pushgate.bench;

import io.pushgate.bench.fault.FaultResult;
import io.pushgate.bench.measure.Figure;
import io.pushgate.bench.measure.Section;
import io.pushgate.bench.server.Vitals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells how the faults went: a line each, a section each for machines. Immutable. */
record FaultReport(List<FaultResult> results) {
  FaultReport {
    results = List.copyOf(results);
  }

  /** Fine only where every fault was run and passed. */
  int exitCode() {
    if (results.stream().anyMatch(result -> !result.failures().isEmpty())) {
      return ExitCode.WRONG;
    }
    return results.stream().allMatch(FaultResult::passed)
        ? ExitCode.FINE
        : ExitCode.COULD_NOT_RUN;
  }

  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    for (FaultResult result : results) {
      String name = result.fault().name();
      result.failures().forEach(failure -> remarks.add(name + ": " + failure));
      if (!result.notRun().isEmpty()) {
        remarks.add("%s: could not be run: %s".formatted(name, result.notRun()));
      }
    }
    remarks.add("heap and direct memory are those behind a collection, with tolerances for what stays");
    return remarks;
  }

  List<Section> sections() {
    List<Figure> lines = new ArrayList<>();
    for (FaultResult result : results) {
      String name = result.fault().name();
      lines.add(Figure.text(name, name, line(result)));
    }
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("faults", "delay of the healthy; memory; verdict", lines));
    return sections;
  }

  private static String verdict(FaultResult result) {
    if (!result.notRun().isEmpty()) {
      return "not run";
    }
    return result.failures().isEmpty() ? "passed" : "FAILED";
  }

  static String line(FaultResult result) {
    Vitals before = result.before();
    Vitals after = result.after();
    if (before == null || after == null) {
      return verdict(result);
    }
    return String.format(
        Locale.ROOT,
        "p50 %6.1f → %6.1f, p99 %6.1f → %6.1f ms; heap %+6.1f, direct %+6.1f MiB, %+d descriptors%s; %s",
        result.calm().percentileMillis(50),
        result.during().percentileMillis(50),
        result.calm().percentileMillis(99),
        result.during().percentileMillis(99),
        mebibytes(after.heapBytes() - before.heapBytes()),
        mebibytes(after.directBytes() - before.directBytes()),
        after.descriptors() - before.descriptors(),
        cost(result.peers(), before, result.height()),
        verdict(result));
  }

  private static String cost(int peers, Vitals before, @Nullable Vitals height) {
    if (height == null || peers == 0) {
      return "";
    }
    return "; %,d peers of %,d + %,d bytes"
        .formatted(
            peers,
            (height.heapBytes() - before.heapBytes()) / peers,
            (height.directBytes() - before.directBytes()) / peers);
  }

  private static double mebibytes(long bytes) {
    return bytes / 1024.0 / 1024.0;
  }
}
