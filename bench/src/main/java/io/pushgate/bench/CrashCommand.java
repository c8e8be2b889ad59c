package io.pushgate.bench;

import io.pushgate.bench.crash.CrashPlan;
import io.pushgate.bench.crash.CrashResult;
import io.pushgate.bench.crash.CrashRun;
import io.pushgate.bench.measure.Figure;
import io.pushgate.bench.measure.Section;
import io.pushgate.bench.server.GatewayOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kills a gateway again and again and looks whether it kept its promises. */
@Command(
    name = "crash",
    description =
        "Starts a gateway, kills it while it is pushed to, and proves that nothing acked is lost.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrashCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "How often the gateway is killed; then it lives once more. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--min-unanswered",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Pushes unanswered at a kill, or it does not count. Default: ${DEFAULT-VALUE}")
  private int minUnanswered;

  @Option(
      names = "--pushes",
      paramLabel = "N",
      defaultValue = "8000",
      description = "New pushes in each round, about. Default: ${DEFAULT-VALUE}")
  private int pushes;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "12",
      description = "Users, with two readers each. Default: ${DEFAULT-VALUE}")
  private int users;

  @Option(
      names = "--publishers",
      paramLabel = "N",
      defaultValue = "4",
      description = "Publishers; every other one speaks JSON lines. Default: ${DEFAULT-VALUE}")
  private int publishers;

  @Option(
      names = "--named",
      paramLabel = "N",
      defaultValue = "3",
      description = "Publishers that say a name and want receipts. Default: ${DEFAULT-VALUE}")
  private int named;

  @Option(
      names = "--payload",
      paramLabel = "BYTES",
      defaultValue = "100",
      description = "Bytes of data of each push. Default: ${DEFAULT-VALUE}")
  private int payload;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      defaultValue = "20s",
      description =
          "What has not come when nothing came for so long is lost. Default: ${DEFAULT-VALUE}")
  private Duration settle = Duration.ZERO;

  @Mixin private TrialOptions trial = new TrialOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws Exception {
    Range.check(spec, "--rounds", rounds, 0, 100_000);
    Range.check(spec, "--min-unanswered", minUnanswered, 1, 100_000);
    Range.check(spec, "--pushes", pushes, 4L * minUnanswered, 10_000_000);
    Range.check(spec, "--users", users, 1, 1_000);
    Range.check(spec, "--publishers", publishers, 1, 100);
    Range.check(spec, "--named", named, 0, publishers);
    WorkFolder folder = trial.folder();
    CrashResult result = new CrashRun(plan(folder), output.progress()).run();
    int exitCode = result.violated() == 0 ? ExitCode.FINE : ExitCode.WRONG;
    List<String> remarks = new ArrayList<>(result.violations());
    if (result.rounds().size() < rounds) {
      remarks.add("ended early: see %s".formatted(folder.log()));
    }
    trial.end(folder, exitCode == ExitCode.FINE, remarks);
    String title = "crash, %,d rounds of some %,d pushes".formatted(rounds, pushes);
    output.tell(title, sections(result), remarks, exitCode);
    return exitCode;
  }

  /** The gateway must hold everything, or the ledger would not be exact. */
  private CrashPlan plan(WorkFolder folder) throws IOException {
    List<String> defaults = new ArrayList<>(Holding.everything());
    defaults.add("data-dir=" + folder.data());
    return new CrashPlan(
        gateway.program(defaults),
        folder.log(),
        trial.seed(),
        rounds,
        users,
        publishers,
        named,
        minUnanswered,
        pushes,
        payload,
        settle);
  }

  private static List<Section> sections(CrashResult result) {
    List<Figure> each = new ArrayList<>();
    for (CrashResult.Round round : result.rounds()) {
      String text =
          "%,d acked, %,d unanswered at the kill, %,d for good, ready in %,d ms"
              .formatted(
                  round.acked(), round.unansweredAtKill(), round.unanswered(), round.readyMillis());
      each.add(Figure.text("round" + round.number(), "round " + round.number(), text));
    }
    long least = result.rounds().stream().mapToLong(CrashResult.Round::unanswered).min().orElse(0);
    long slowest =
        result.rounds().stream().mapToLong(CrashResult.Round::readyMillis).max().orElse(0);
    Section all =
        Section.of(
            "crash",
            "all rounds",
            Figure.count("rounds", "kills", result.rounds().size()),
            Figure.count("startKills", "kills while starting", result.startKills()),
            Figure.count("leastUnanswered", "least unanswered at a kill", least),
            Figure.count("slowestReadyMillis", "slowest start, ms", slowest),
            Figure.count("acked", "pushes acked", result.acked()),
            Figure.count("deliveries", "deliveries in the ledger", result.deliveries()),
            Figure.count("receipts", "receipts", result.receipts()),
            Figure.count("violations", "violations", result.violated()));
    return List.of(new Section("rounds", "rounds", each), all);
  }
}
