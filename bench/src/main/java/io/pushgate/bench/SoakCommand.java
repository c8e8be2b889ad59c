package io.pushgate.bench;

import io.pushgate.bench.measure.Figure;
import io.pushgate.bench.measure.Section;
import io.pushgate.bench.server.GatewayOptions;
import io.pushgate.bench.soak.Sample;
import io.pushgate.bench.soak.SoakPlan;
import io.pushgate.bench.soak.SoakResult;
import io.pushgate.bench.soak.SoakRun;
import io.pushgate.bench.soak.Trend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Loads a gateway for long and looks whether anything grows. */
@Command(
    name = "soak",
    description = "Starts a gateway, loads it by half for long, and proves that nothing grows.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SoakCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "How long; from the fifth minute on it has to be flat. Default: ${DEFAULT-VALUE}")
  private int minutes;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "0",
      description = "Pushes a second. Default: half of what a ramp finds.")
  private int rate;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "50",
      description = "Users in the ledger, with two sessions each. Default: ${DEFAULT-VALUE}")
  private int users;

  @Mixin private TrialOptions trial = new TrialOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws Exception {
    Range.check(spec, "--minutes", minutes, 1, 10_000);
    Range.check(spec, "--rate", rate, 0, 100_000);
    Range.check(spec, "--users", users, 10, 1_000);
    WorkFolder folder = trial.folder();
    SoakPlan plan =
        new SoakPlan(
            gateway.program(List.of("heartbeat=5s")),
            folder.path(),
            Duration.ofMinutes(minutes),
            users,
            rate,
            trial.seed());
    SoakResult result = new SoakRun(plan, output.progress()).run();
    int exitCode = result.passed() ? ExitCode.FINE : ExitCode.WRONG;
    List<String> remarks = new ArrayList<>(result.failures());
    trial.end(folder, result.passed(), remarks);
    String title =
        "soak, %,d minutes at %,d pushes a second%s"
            .formatted(
                minutes,
                result.rate(),
                result.capacity() == 0 ? "" : ", half of %,d".formatted(result.capacity()));
    output.tell(title, List.of(rows(result), slopes(result)), remarks, exitCode);
    return exitCode;
  }

  /** One row a collection, which is one a minute where the soak is long. */
  private static Section rows(SoakResult result) {
    List<Figure> rows = new ArrayList<>();
    for (Sample sample : result.samples()) {
      if (sample.collected()) {
        String name = String.format(Locale.ROOT, "%.1f min", sample.seconds() / 60);
        rows.add(
            new Figure("at%.0fSeconds".formatted(sample.seconds()), name, SoakRow.of(sample), ""));
      }
    }
    return new Section("minutes", "over the time", rows);
  }

  private static Section slopes(SoakResult result) {
    List<Figure> slopes = new ArrayList<>();
    for (Trend trend : result.trends()) {
      String text =
          String.format(
              Locale.ROOT,
              "mean %.1f %s, grew %+.2f of %.2f allowed: %s",
              trend.mean(),
              trend.gauge().unit(),
              trend.growth(),
              trend.allowed(),
              trend.isFlat() ? "flat" : "GROWS");
      String key = trend.gauge().name().toLowerCase(Locale.ROOT);
      slopes.add(Figure.text(key, trend.gauge().words(), text));
    }
    return new Section("slopes", "growth over the judged time", slopes);
  }
}
