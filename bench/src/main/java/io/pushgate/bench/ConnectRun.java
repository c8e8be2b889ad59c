package io.pushgate.bench;

import io.pushgate.bench.client.Fleet;
import io.pushgate.bench.client.OpenPace;
import io.pushgate.bench.measure.Latency;
import io.pushgate.bench.measure.Progress;
import io.pushgate.bench.measure.ServerProcess;
import io.pushgate.bench.measure.SettledMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens sessions step by step, looks at the server at each, and closes them. Command's thread. */
final class ConnectRun {
  private final Job job;
  private final @Nullable ServerProcess server;
  private final Progress progress;

  /** What to do. Immutable. */
  record Job(Fleet.Plan plan, List<Integer> counts, int warmup, OpenPace pace, long settleMillis) {}

  /**
   * One step. Immutable.
   *
   * @param sessions open at its end
   * @param opened in this step
   * @param serverCpuNanos for these, zero where no process was named
   */
  record Step(
      int sessions,
      int opened,
      double seconds,
      Latency handshakes,
      Latency welcomes,
      long serverCpuNanos,
      @Nullable SettledMemory memory) {}

  /**
   * All steps and the end. Immutable.
   *
   * @param cut sessions whose closing was not answered in time
   * @param ended sessions that ended by themselves
   */
  record Result(
      List<Step> steps,
      double closeSeconds,
      long closeCpuNanos,
      int cut,
      int ended,
      String firstEnd) {
    int exitCode() {
      return ended > 0 ? ExitCode.COULD_NOT_RUN : ExitCode.FINE;
    }
  }

  ConnectRun(Job job, @Nullable ServerProcess server, Progress progress) {
    this.job = job;
    this.server = server;
    this.progress = progress;
  }

  Result run() throws IOException, InterruptedException {
    try (Fleet fleet = new Fleet(job.plan())) {
      warmUp(fleet);
      List<Step> steps = new ArrayList<>();
      int before = 0;
      for (int count : job.counts()) {
        steps.add(step(fleet, before, count));
        before = count;
      }
      int ended = fleet.tally().ended();
      String firstEnd = fleet.firstEnd();
      long cpu = cpuNanos();
      long started = System.nanoTime();
      int cut = fleet.closeSessions();
      double seconds = (System.nanoTime() - started) / 1e9;
      return new Result(steps, seconds, cpuNanos() - cpu, cut, ended, firstEnd);
    } finally {
      progress.end();
    }
  }

  /** In turns of the first step's size, so that no more is ever open than was asked for. */
  private void warmUp(Fleet fleet) throws IOException, InterruptedException {
    int batch = job.counts().get(0);
    for (int done = 0; done < job.warmup(); done += batch) {
      progress.line("warming up: %,d of %,d handshakes".formatted(done, job.warmup()));
      fleet.open(Math.min(batch, job.warmup() - done), i -> i, job.pace());
      fleet.closeSessions();
    }
  }

  private Step step(Fleet fleet, int before, int count) throws IOException, InterruptedException {
    progress.line("opening %,d sessions".formatted(count));
    long cpu = cpuNanos();
    long started = System.nanoTime();
    fleet.open(count - before, i -> before + i, job.pace());
    double seconds = (System.nanoTime() - started) / 1e9;
    long spent = cpuNanos() - cpu;
    SettledMemory memory = null;
    if (server != null) {
      progress.line("%,d sessions open, waiting for the memory to settle".formatted(count));
      memory = SettledMemory.await(server, job.settleMillis());
    }
    return new Step(
        count,
        count - before,
        seconds,
        fleet.handshakeLatency(),
        fleet.welcomeLatency(),
        spent,
        memory);
  }

  private long cpuNanos() throws IOException {
    return server == null ? 0 : server.cpuNanos();
  }
}
