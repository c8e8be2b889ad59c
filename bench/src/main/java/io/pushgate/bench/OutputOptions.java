package io.pushgate.bench;

import io.pushgate.bench.measure.Environment;
import io.pushgate.bench.measure.Progress;
import io.pushgate.bench.measure.Report;
import io.pushgate.bench.measure.Section;
import io.pushgate.bench.measure.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the figures go, and whose processor time and memory belong to them. */
final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      description = "The gateway's process on this machine: adds its processor time and memory.")
  private @Nullable Long serverPid;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the figures, options and environment here too; '-' is stdout, alone.")
  private @Nullable Path json;

  @Option(names = "--quiet", description = "No progress line on stderr.")
  private boolean quiet;

  /** Null where no process was named. */
  @Nullable ServerProcess server() throws IOException {
    return serverPid == null ? null : new ServerProcess(serverPid);
  }

  boolean isServerKnown() {
    return serverPid != null;
  }

  Progress progress() {
    return Progress.onStderr(quiet);
  }

  /** Tells everything that was measured. */
  void tell(String title, List<Section> sections, List<String> remarks, int exitCode)
      throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("command", spec.name());
    facts.put("exitCode", exitCode);
    facts.put("options", options());
    facts.put("environment", Environment.facts());
    Report report = new Report(title, facts, sections, remarks);
    PrintWriter out = spec.commandLine().getOut();
    Path file = json;
    if (file != null && file.toString().equals("-")) {
      out.print(report.json());
    } else {
      if (file != null) {
        Files.writeString(file, report.json());
      }
      out.print(report.table());
    }
    out.flush();
  }

  /** All options with the values that were used, defaults included. */
  private Map<String, Object> options() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (OptionSpec option : spec.options()) {
      Object value = option.getValue();
      if (value != null && !option.usageHelp() && !option.versionHelp()) {
        values.put(option.longestName().substring(2), plain(value));
      }
    }
    return values;
  }

  private static Object plain(Object value) {
    if (value instanceof Duration time) {
      return Durations.text(time);
    }
    return value instanceof Number || value instanceof Boolean ? value : value.toString();
  }
}
