package io.pushgate.bench;

import io.pushgate.bench.fault.FaultResult;
import io.pushgate.bench.measure.Figure;
import io.pushgate.bench.measure.Section;
import java.util.ArrayList;
import java.util.List;

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
    return results.stream().allMatch(FaultResult::passed) ? ExitCode.FINE : ExitCode.COULD_NOT_RUN;
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
    return remarks;
  }

  List<Section> sections() {
    List<Figure> rows = new ArrayList<>();
    for (FaultResult result : results) {
      String name = result.fault().name();
      rows.add(new Figure(name, name, FaultRow.of(result), ""));
    }
    String title = "delay of the healthy, memory, cost of a peer in heap + direct memory";
    return List.of(new Section("faults", title, rows));
  }
}
