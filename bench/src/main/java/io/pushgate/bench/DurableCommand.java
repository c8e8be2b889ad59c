package io.pushgate.bench;

import io.pushgate.bench.ledger.Stamp;
import io.pushgate.bench.measure.Figure;
import io.pushgate.bench.measure.Latency;
import io.pushgate.bench.measure.Section;
import io.pushgate.bench.server.GatewayOptions;
import io.pushgate.protocol.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What durability costs, side by side. */
@Command(
    name = "durable",
    description =
        "Starts gateways that keep pushes in memory, on disk, and synced, and measures them in turn.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DurableCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1048576;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(
      names = "--keep",
      paramLabel = "WAY",
      split = ",",
      defaultValue = "memory,interval,always",
      description = "What to compare: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private List<Keeping> keep = new ArrayList<>();

  @Option(
      names = "--publishers",
      paramLabel = "N",
      defaultValue = "2",
      description = "Publishers at once. Default: ${DEFAULT-VALUE}")
  private int publishers;

  @Option(
      names = "--in-flight",
      paramLabel = "W",
      defaultValue = "2000",
      description = "Pushes of all of them not yet acked. Default: ${DEFAULT-VALUE}")
  private int inFlight;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Users pushed to at random, none of them there. Default: ${DEFAULT-VALUE}")
  private int users;

  @Option(
      names = "--payload",
      paramLabel = "BYTES",
      defaultValue = "200",
      description = "Bytes of data of each push. Default: ${DEFAULT-VALUE}")
  private int payload;

  @Option(
      names = "--slice",
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "One turn of one gateway. Default: ${DEFAULT-VALUE}")
  private Duration slice = Duration.ZERO;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Turns of each that count, behind one that does not. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--held",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Notifications held in the restart on disk; 0: none. Default: ${DEFAULT-VALUE}")
  private int held;

  @Option(
      names = "--data-dir",
      paramLabel = "FOLDER",
      description = "An empty folder on the disk to measure. Default: a temporary one.")
  private @Nullable Path dataDir;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws Exception {
    check();
    WorkFolder folder = WorkFolder.of(dataDir);
    DurableRun.Plan plan =
        new DurableRun.Plan(
            gateway.program(List.of()), publishers, inFlight, users, payload, slice, rounds, held);
    List<Section> sections = new ArrayList<>();
    boolean refused = false;
    try (DurableRun run = new DurableRun(plan, folder, output.progress())) {
      List<List<DurableRun.Slice>> slices = run.slices(keep);
      for (int i = 0; i < keep.size(); i++) {
        sections.add(section(keep.get(i), slices.get(i)));
        refused |= slices.get(i).stream().anyMatch(slice -> slice.nacked() > 0);
      }
      if (held > 0) {
        sections.add(section(run.restart(Keeping.INTERVAL)));
      }
    }
    folder.discard();
    int exitCode = refused ? ExitCode.COULD_NOT_RUN : ExitCode.FINE;
    String title =
        "durable, %,d publishers, %,d in flight, %,d users, %,d bytes, medians of %d"
            .formatted(publishers, inFlight, users, payload, rounds);
    output.tell(title, sections, refused ? List.of("pushes were refused") : List.of(), exitCode);
    return exitCode;
  }

  private void check() {
    Range.check(spec, "--publishers", publishers, 1, 100);
    Range.check(spec, "--in-flight", inFlight, publishers, 1_000_000);
    Range.check(spec, "--users", users, 1, 1_000_000);
    Range.check(spec, "--payload", payload, Stamp.MIN_PAYLOAD, Limits.HIGHEST_MAX_PAYLOAD);
    Range.check(spec, "--rounds", rounds, 1, 1_000);
    Range.check(spec, "--held", held, 0, 1_000_000_000);
    Range.check(spec, "--slice", slice.toMillis(), 100, 600_000);
  }

  private static Section section(Keeping way, List<DurableRun.Slice> slices) {
    Latency acks = new Latency();
    slices.forEach(slice -> acks.add(slice.acks()));
    return Section.of(
        way.word(),
        way.word(),
        Figure.of(
            "pushesPerSecond",
            "pushes acked a second",
            median(slices, DurableRun.Slice::perSecond),
            ""),
        Figure.of(
            "cpuMicrosPerPush",
            "processor a push",
            median(slices, DurableRun.Slice::cpuMicros),
            "us"),
        Figure.of("ackP50Millis", "ack, in the window, p50", acks.percentileMillis(50), "ms"),
        Figure.of("ackP99Millis", "ack, in the window, p99", acks.percentileMillis(99), "ms"),
        Figure.of("ackMaxMillis", "ack, in the window, max", acks.maxMillis(), "ms"));
  }

  private static Section section(DurableRun.Restart restart) {
    return Section.of(
        "restart",
        "restart on disk, to the line that says it listens",
        Figure.count("held", "notifications held", restart.held()),
        Figure.of("fillSeconds", "time to push them", restart.fillSeconds(), "s"),
        Figure.of("dataMebibytes", "data directory", restart.dataBytes() / MEBIBYTE, "MiB"),
        Figure.of("emptyMillis", "first start, empty", restart.emptyMillis(), "ms"),
        Figure.of("killedMillis", "behind a kill", restart.killedMillis(), "ms"),
        Figure.of("stoppedMillis", "behind a stop", restart.stoppedMillis(), "ms"));
  }

  private static double median(
      List<DurableRun.Slice> slices, ToDoubleFunction<DurableRun.Slice> figure) {
    double[] values = slices.stream().mapToDouble(figure).toArray();
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
