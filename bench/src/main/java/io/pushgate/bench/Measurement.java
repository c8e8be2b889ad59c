package io.pushgate.bench;

import io.pushgate.bench.client.Target;
import io.pushgate.bench.floor.FloorChild;
import io.pushgate.bench.measure.Progress;
import io.pushgate.bench.measure.Section;
import io.pushgate.bench.measure.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load on a gateway, alone or between two equal loads on the floor, so that a drift of the
 * machine shows as their difference. The thread of the command.
 */
final class Measurement {
  private final LoadOptions load;
  private final OutputOptions output;
  private final Jobs jobs;

  /** Makes the same job for a gateway and for the floor. */
  interface Jobs {
    LoadRun.Job at(Target target, InetSocketAddress ingress);
  }

  Measurement(LoadOptions load, OutputOptions output, Jobs jobs) {
    this.load = load;
    this.output = output;
    this.jobs = jobs;
  }

  /** Runs, tells, and returns the exit code. */
  int run(String title, Target target) throws IOException, InterruptedException {
    ServerProcess server = output.server();
    LoadRun.Job job = jobs.at(target, load.ingress());
    if (server != null && load.floor()) {
      return besideFloor(title, job, server);
    }
    return tell(title, run(job, server), server, List.of());
  }

  private int besideFloor(String title, LoadRun.Job job, ServerProcess server)
      throws IOException, InterruptedException {
    try (FloorChild floor = new FloorChild(server.pid())) {
      ServerProcess floorProcess = new ServerProcess(floor.pid());
      LoadResult before = run(atFloor(floor), floorProcess);
      LoadResult result = run(job, server);
      LoadResult after = run(atFloor(floor), floorProcess);
      return tell(title, result, server, FloorReport.sections(before, result, after));
    }
  }

  private LoadRun.Job atFloor(FloorChild floor) {
    return jobs.at(Target.of(floor.url()), LoadOptions.address(floor.ingress()));
  }

  private LoadResult run(LoadRun.Job job, @Nullable ServerProcess server)
      throws IOException, InterruptedException {
    Progress progress = output.progress();
    return new LoadRun(job, server, progress).run();
  }

  private int tell(
      String title, LoadResult result, @Nullable ServerProcess server, List<Section> more)
      throws IOException {
    LoadReport report = new LoadReport(result, load.load(), server != null);
    List<Section> sections = new ArrayList<>(report.sections());
    sections.addAll(more);
    output.tell(title, sections, report.remarks(), result.exitCode());
    return result.exitCode();
  }
}
