package io.pushgate.bench;

import io.pushgate.bench.client.Fleet;
import io.pushgate.bench.ledger.Stamp;
import io.pushgate.bench.measure.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens sessions and closes them. */
@Command(
    name = "connect",
    description = "Opens sessions in steps and closes them: handshakes, memory a connection.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ConnectCommand implements Callable<Integer> {
  @Mixin private SessionOptions sessions = new SessionOptions();

  @Option(
      names = "--steps",
      paramLabel = "N",
      split = ",",
      description =
          "Session counts to stop at before --sessions; memory a connection is the slope from the"
              + " first to the last. Default: an eighth of --sessions")
  private List<Integer> steps = new ArrayList<>();

  @Option(
      names = "--warmup-handshakes",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Open and close so many sessions before anything is measured. Default: ${DEFAULT-VALUE}")
  private int warmupHandshakes;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      defaultValue = "30s",
      description =
          "Wait so long at most for the server's memory to stand still. Default: ${DEFAULT-VALUE}")
  private Duration settle = Duration.ZERO;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws Exception {
    Fleet.Plan plan = sessions.plan(0, Stamp.MIN_PAYLOAD, 0);
    sessions.range("--warmup-handshakes", warmupHandshakes, 0, 10_000_000);
    ConnectRun.Job job =
        new ConnectRun.Job(plan, counts(), warmupHandshakes, sessions.pace(), settle.toMillis());
    ServerProcess server = output.server();
    ConnectRun.Result result = new ConnectRun(job, server, output.progress()).run();
    ConnectReport report = new ConnectReport(result, server != null);
    String title = "connect %,d sessions".formatted(sessions.sessions());
    output.tell(title, report.sections(), report.remarks(), result.exitCode());
    return result.exitCode();
  }

  /** The session counts to stop at, the last one included. */
  private List<Integer> counts() {
    int all = sessions.sessions();
    List<Integer> counts = new ArrayList<>(steps);
    if (steps.isEmpty() && all >= 8) {
      counts.add(all / 8);
    }
    counts.add(all);
    int before = 0;
    for (int count : counts) {
      if (count <= before && count != all) {
        throw sessions.wrong("--steps: %,d does not lie above %,d".formatted(count, before));
      }
      sessions.range("--steps", count, before, all);
      before = count;
    }
    return counts.stream().distinct().toList();
  }
}
