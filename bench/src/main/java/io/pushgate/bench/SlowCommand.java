package io.pushgate.bench;

import io.pushgate.bench.client.Fleet;
import io.pushgate.bench.client.SlowFleet;
import io.pushgate.bench.client.SlowTally;
import io.pushgate.bench.measure.Figure;
import io.pushgate.bench.measure.Section;
import io.pushgate.bench.publish.AtRandomUsers;
import io.pushgate.bench.server.HeapMetric;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks what slow sessions do to the others, and to the gateway's memory. */
@Command(
    name = "slow",
    description = "Measures sessions alone, beside slow ones with a backlog, and alone again.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SlowCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1048576;

  @Mixin private SessionOptions sessions = new SessionOptions();

  @Mixin private SlowOptions slow = new SlowOptions();

  @Mixin private LoadOptions load = new LoadOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws Exception {
    load.check(output.isServerKnown());
    int run = ThreadLocalRandom.current().nextInt();
    Fleet.Plan fleet = sessions.plan(run, load.payload(), slow.slow());
    SlowFleet.Plan slowFleet = slow.plan(fleet.target(), fleet.names(), run);
    InetSocketAddress admin = slow.admin();
    SlowRun.Plan plan =
        new SlowRun.Plan(
            slowFleet,
            load.ingress(),
            slow.backlog(),
            slow.every(),
            load.settle(),
            output.server(),
            admin == null ? null : new HeapMetric(admin));
    SlowRun.Result result = new SlowRun(plan, () -> job(fleet), output.progress()).run();
    int exitCode = exitCode(result);
    String title =
        "%,d sessions beside %,d slow ones, %s"
            .formatted(sessions.sessions(), slow.slow(), load.described());
    output.tell(title, sections(result), remarks(result), exitCode);
    return exitCode;
  }

  private LoadRun.Job job(Fleet.Plan fleet) {
    int count = sessions.sessions();
    AtRandomUsers aim = new AtRandomUsers(fleet.names(), count, count, 1);
    return new LoadRun.Job(sessions, load, fleet, load.ingress(), aim, count, 0);
  }

  /** Those that read nothing at all may be ended by their heartbeat; what they missed is owed. */
  private static int exitCode(SlowRun.Result result) {
    int load = 0;
    for (SlowRun.Phase phase : result.phases()) {
      load = Math.max(load, phase.load().exitCode() == ExitCode.WRONG ? 2 : 0);
      load = Math.max(load, phase.load().exitCode() == ExitCode.FINE ? 0 : 1);
    }
    boolean slowFine =
        result.beside().reading().lost() == 0 && result.beside().reading().doubled() == 0;
    return load == 2 || !slowFine
        ? ExitCode.WRONG
        : load == 1 || !result.beside().firstEnd().isEmpty()
            ? ExitCode.COULD_NOT_RUN
            : ExitCode.FINE;
  }

  private List<Section> sections(SlowRun.Result result) {
    List<Section> sections = new ArrayList<>();
    sections.add(phase("before", "alone, before", result.before()));
    sections.add(phase("beside", "beside the slow ones", result.beside().phase()));
    sections.add(phase("after", "alone, after", result.after()));
    sections.add(
        Section.of(
            "slow",
            "slow sessions",
            Figure.count("pushes", "pushes to each", result.beside().sent()),
            Figure.count("openAtEnd", "open when measured", result.beside().open())));
    sections.add(slow("reading", "those that read", result.beside().reading()));
    sections.add(slow("mute", "those that read nothing", result.beside().mute()));
    return sections;
  }

  private static Section slow(String key, String title, SlowTally tally) {
    return Section.of(
        key,
        title,
        Figure.count("open", "open at the very end", tally.open()),
        Figure.count("delivered", "delivered", tally.delivered()),
        Figure.of("readMebibytes", "read", tally.bytes() / MEBIBYTE, "MiB"),
        Figure.count("gaps", "gap frames", tally.gaps()),
        Figure.count("told", "missing, told by a gap", tally.told()),
        Figure.count("lost", "missing, untold", tally.lost()),
        Figure.count("doubled", "doubled or late", tally.doubled()));
  }

  private static Section phase(String key, String title, SlowRun.Phase phase) {
    LoadResult load = phase.load();
    return Section.of(
        key,
        title,
        Figure.count("delivered", "delivered", load.last().sessions().delivered()),
        Figure.count("lost", "lost", load.verdict().lost()),
        Figure.count(
            "doubled", "doubled or late", load.verdict().doubled() + load.verdict().reordered()),
        Figure.of("p50Millis", "p50", load.latencies().deliveries().percentileMillis(50), "ms"),
        Figure.of("p99Millis", "p99", load.latencies().deliveries().percentileMillis(99), "ms"),
        Figure.of("maxMillis", "max", load.latencies().deliveries().maxMillis(), "ms"),
        Figure.of(
            "cpuPercent",
            "server, processor",
            (load.end().serverCpuNanos() - load.start().serverCpuNanos())
                / 1e7
                / load.end().secondsSince(load.start()),
            "% of one"),
        Figure.of(
            "residentMebibytes",
            "server, resident at most",
            phase.memory().mostResident() / MEBIBYTE,
            "MiB"),
        Figure.of(
            "heapLeastMebibytes",
            "server, heap at least",
            phase.memory().leastHeap() / MEBIBYTE,
            "MiB"),
        Figure.of(
            "heapMostMebibytes",
            "server, heap at most",
            phase.memory().mostHeap() / MEBIBYTE,
            "MiB"));
  }

  private static List<String> remarks(SlowRun.Result result) {
    List<String> remarks = new ArrayList<>();
    if (!result.beside().firstEnd().isEmpty()) {
      remarks.add("the first slow session that ended: " + result.beside().firstEnd());
    }
    for (SlowRun.Phase phase : result.phases()) {
      if (!phase.memory().failure().isEmpty()) {
        remarks.add("memory could not be read: " + phase.memory().failure());
      }
      if (!phase.load().firstEnd().isEmpty()) {
        remarks.add("the first session that ended: " + phase.load().firstEnd());
      }
    }
    return remarks;
  }
}
