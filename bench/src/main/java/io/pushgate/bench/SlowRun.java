package io.pushgate.bench;

import io.pushgate.bench.client.SlowFleet;
import io.pushgate.bench.client.SlowTally;
import io.pushgate.bench.ledger.Stamp;
import io.pushgate.bench.measure.Progress;
import io.pushgate.bench.measure.ServerProcess;
import io.pushgate.bench.publish.Backlog;
import io.pushgate.bench.server.HeapMetric;
import io.pushgate.bench.server.MemoryWatch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The same load three times: alone, beside slow sessions, and alone again, so that a drift of the
 * machine shows as the difference of the first and the last. The thread of the command.
 */
final class SlowRun {
  private static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long POLL_MILLIS = 50;

  /** A push is at most 64 MiB of data, counted for each user. */
  private static final int USERS_AT_ONCE = 60;

  private final Plan plan;
  private final Supplier<LoadRun.Job> jobs;
  private final Progress progress;

  /**
   * What to do besides the load. Immutable.
   *
   * @param backlog pushes to each slow session before measuring
   * @param every how often one more follows
   * @param settle how long nothing may come at the end before what is missing is lost
   */
  record Plan(
      SlowFleet.Plan fleet,
      InetSocketAddress ingress,
      int backlog,
      Duration every,
      Duration settle,
      @Nullable ServerProcess server,
      @Nullable HeapMetric heap) {}

  /** One of the three. Immutable. */
  record Phase(LoadResult load, MemoryWatch.Reading memory) {}

  /**
   * The second of the three, with what the slow sessions came to. Immutable.
   *
   * @param sent pushes to each slow session
   * @param open slow sessions that lived when the measured time was over
   * @param reading what those came to that read, once they had read all that was left
   * @param firstEnd why the first of them ended; empty where none did
   */
  record Beside(
      Phase phase, int sent, int open, SlowTally reading, SlowTally mute, String firstEnd) {}

  /** All three. Immutable. */
  record Result(Phase before, Beside beside, Phase after) {
    List<Phase> phases() {
      return List.of(before, beside.phase(), after);
    }
  }

  SlowRun(Plan plan, Supplier<LoadRun.Job> jobs, Progress progress) {
    this.plan = plan;
    this.jobs = jobs;
    this.progress = progress;
  }

  Result run() throws IOException, InterruptedException {
    Phase before = phase();
    Beside beside = beside();
    return new Result(before, beside, phase());
  }

  private Beside beside() throws IOException, InterruptedException {
    try (SlowFleet slow = new SlowFleet(plan.fleet());
        Backlog backlog =
            new Backlog(
                plan.ingress(),
                plan.fleet().names(),
                plan.fleet().sessions(),
                USERS_AT_ONCE,
                new Stamp(plan.fleet().run(), plan.fleet().payloadBytes()))) {
      progress.line("opening %,d slow sessions".formatted(plan.fleet().sessions()));
      slow.open(OPEN_NANOS);
      for (int i = 0; i < plan.backlog(); i++) {
        backlog.push();
      }
      Phase phase = phase(backlog);
      int open = slow.tally(0, false).open() + slow.tally(0, true).open();
      drain(slow, backlog.sent());
      return new Beside(
          phase,
          backlog.sent(),
          open,
          slow.tally(backlog.sent(), false),
          slow.tally(backlog.sent(), true),
          slow.firstEnd());
    }
  }

  private Phase phase() throws IOException, InterruptedException {
    try (MemoryWatch watch = new MemoryWatch(plan.server(), plan.heap())) {
      LoadResult load = new LoadRun(jobs.get(), plan.server(), progress).run();
      return new Phase(load, watch.reading());
    }
  }

  private Phase phase(Backlog backlog) throws IOException, InterruptedException {
    AtomicReference<IOException> failure = new AtomicReference<>();
    Thread pushing = new Thread(() -> keepPushing(backlog, failure), "backlog");
    pushing.start();
    try {
      return phase();
    } finally {
      pushing.interrupt();
      pushing.join();
      if (failure.get() != null) {
        progress.line("the backlog ended: " + failure.get().getMessage());
      }
    }
  }

  private void keepPushing(Backlog backlog, AtomicReference<IOException> failure) {
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(plan.every().toNanos());
        backlog.push();
      }
    } catch (IOException e) {
      failure.set(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the slow sessions read all that is left, as long as anything comes. */
  private void drain(SlowFleet slow, int sent) throws InterruptedException {
    slow.hurry();
    long moved = System.nanoTime();
    long before = -1;
    while (!slow.isComplete(sent) && System.nanoTime() - moved < plan.settle().toNanos()) {
      long bytes = slow.tally(sent, false).bytes() + slow.tally(sent, true).bytes();
      if (bytes != before) {
        before = bytes;
        moved = System.nanoTime();
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }
}
