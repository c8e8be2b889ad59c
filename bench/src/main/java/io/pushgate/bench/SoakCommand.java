package io.pushgate.bench;

import io.pushgate.bench.measure.Figure;
import io.pushgate.bench.measure.Section;
import io.pushgate.bench.server.GatewayOptions;
import io.pushgate.bench.soak.Sample;
import io.pushgate.bench.soak.SoakPlan;
import io.pushgate.bench.soak.SoakResult;
import io.pushgate.bench.soak.SoakRun;
import io.pushgate.bench.soak.Trend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      description = "Pushes a second. Default: half of what a short ramp finds.")
  private int rate;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "50",
      description = "Users in the ledger, with two sessions each. Default: ${DEFAULT-VALUE}")
  private int users;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draws pushes, stays and strangers. Default: another each time; it is told.")
  private @Nullable Long seed;

  @Option(
      names = "--data-dir",
      paramLabel = "FOLDER",
      description = "An empty folder for the gateways' data and logs. Default: a temporary one.")
  private @Nullable Path dataDir;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws Exception {
    range("--minutes", minutes, 1, 10_000);
    range("--rate", rate, 0, 100_000);
    range("--users", users, 10, 1_000);
    WorkFolder folder = WorkFolder.of(dataDir);
    long drawn = seed == null ? ThreadLocalRandom.current().nextLong() : seed;
    SoakPlan plan =
        new SoakPlan(
            gateway.program(List.of("heartbeat=5s")),
            folder.path(),
            Duration.ofMinutes(minutes),
            users,
            rate,
            drawn);
    SoakResult result = new SoakRun(plan, output.progress()).run();
    int exitCode = result.passed() ? ExitCode.FINE : ExitCode.WRONG;
    List<String> remarks = new ArrayList<>(result.failures());
    remarks.add("seed " + drawn);
    if (result.passed()) {
      folder.discard();
    } else {
      remarks.add("data and logs of the gateways are kept in " + folder.path());
    }
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

  private void range(String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: %,d is not within %,d and %,d".formatted(option, value, min, max));
    }
  }
}
