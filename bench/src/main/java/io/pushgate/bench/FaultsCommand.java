package io.pushgate.bench;

import io.pushgate.bench.fault.Catalog;
import io.pushgate.bench.fault.Fault;
import io.pushgate.bench.fault.FaultPlan;
import io.pushgate.bench.fault.FaultResult;
import io.pushgate.bench.fault.FaultRun;
import io.pushgate.bench.measure.Progress;
import io.pushgate.bench.measure.Section;
import io.pushgate.bench.server.GatewayOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets everything go wrong beside a healthy load, one thing after the other. */
@Command(
    name = "faults",
    description =
        "Starts gateways, lets faults happen to them, and proves that the others were served.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FaultsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "These faults alone. Repeatable. Default: all.")
  private List<String> only = new ArrayList<>();

  @Option(names = "--list", help = true, description = "Tell the faults, and do no more.")
  private boolean list;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "How long a fault lasts; one that needs longer lasts longer. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "100",
      description = "Users of the healthy load, with two sessions each. Default: ${DEFAULT-VALUE}")
  private int users;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "100",
      description = "Pushes a second of the healthy load. Default: ${DEFAULT-VALUE}")
  private int rate;

  @Option(
      names = "--strangers",
      paramLabel = "N",
      defaultValue = "500",
      description = "Hostile peers at a time, of most faults. Default: ${DEFAULT-VALUE}")
  private int strangers;

  @Option(
      names = "--latest",
      paramLabel = "TIME",
      defaultValue = "2s",
      description =
          "What the healthy may wait for at most, at the 99th percentile. Default: ${DEFAULT-VALUE}")
  private Duration latest = Duration.ZERO;

  @Option(
      names = "--nginx-conf",
      paramLabel = "FOLDER",
      defaultValue = "nginx-conf",
      description = "The project's files for nginx. Default: ${DEFAULT-VALUE}")
  private Path nginxConf = Path.of("");

  @Mixin private TrialOptions trial = new TrialOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws Exception {
    List<Fault> faults = chosen();
    if (list) {
      return tellNames(faults);
    }
    Range.check(spec, "--seconds", seconds, 1, 3_600);
    Range.check(spec, "--users", users, 10, 200);
    Range.check(spec, "--rate", rate, 1, 10_000);
    Range.check(spec, "--strangers", strangers, 1, 10_000);
    WorkFolder folder = trial.folder();
    FaultPlan plan =
        new FaultPlan(
            gateway.program(Holding.everything()),
            folder.path(),
            nginxConf,
            faults,
            Duration.ofSeconds(seconds),
            users,
            rate,
            strangers,
            latest,
            trial.seed());
    Progress progress = output.progress();
    List<FaultResult> results = new FaultRun(plan).run(result -> progress.line(told(result)));
    progress.end();
    FaultReport report = new FaultReport(results);
    List<String> remarks = new ArrayList<>(report.remarks());
    trial.end(folder, report.exitCode() != ExitCode.WRONG, remarks);
    String title =
        "faults, %,d of them, beside %,d sessions and %,d pushes a second"
            .formatted(results.size(), 2 * users, rate);
    List<Section> sections = report.sections();
    output.tell(title, sections, remarks, report.exitCode());
    return report.exitCode();
  }

  /** Why it failed stands at the end again, with what else there is. */
  private static String told(FaultResult result) {
    String why = result.failures().stream().findFirst().map(first -> ": " + first).orElse("");
    return "%s: %s%s".formatted(result.fault().name(), FaultRow.of(result), why);
  }

  private int tellNames(List<Fault> faults) {
    PrintWriter out = spec.commandLine().getOut();
    faults.forEach(fault -> out.printf("%-20s %s%n", fault.name(), fault.words()));
    out.flush();
    return ExitCode.FINE;
  }

  private List<Fault> chosen() {
    List<Fault> all = Catalog.all();
    List<String> names = all.stream().map(Fault::name).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "--only: '%s' is none of %s".formatted(name, String.join(", ", names)));
      }
    }
    return only.isEmpty() ? all : all.stream().filter(f -> only.contains(f.name())).toList();
  }
}
