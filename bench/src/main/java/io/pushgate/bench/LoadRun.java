package io.pushgate.bench;

import io.pushgate.bench.client.Fleet;
import io.pushgate.bench.client.Tally;
import io.pushgate.bench.client.Verdict;
import io.pushgate.bench.ledger.Stamp;
import io.pushgate.bench.ledger.Window;
import io.pushgate.bench.measure.Latency;
import io.pushgate.bench.measure.Progress;
import io.pushgate.bench.measure.ServerProcess;
import io.pushgate.bench.publish.Aim;
import io.pushgate.bench.publish.PublishTally;
import io.pushgate.bench.publish.PublisherLink;
import io.pushgate.bench.publish.Timing;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of pushes at sessions: open, push, wait for the last delivery, add the books up. The
 * thread of the command.
 */
final class LoadRun {
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Behind the last delivery, so that a doubled one still shows. */
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final Job job;
  private final @Nullable ServerProcess server;
  private final Progress progress;
  private long lastCount = -1;
  private long lastMoved;
  private boolean stalled;

  /**
   * What to do. Immutable, but for the aim.
   *
   * @param users session i is one of user i modulo this
   * @param idle sessions more that nothing is pushed to, each of a user of its own
   */
  record Job(
      SessionOptions sessions,
      LoadOptions load,
      Fleet.Plan fleet,
      InetSocketAddress ingress,
      Aim aim,
      int users,
      int idle) {}

  LoadRun(Job job, @Nullable ServerProcess server, Progress progress) {
    this.job = job;
    this.server = server;
    this.progress = progress;
  }

  LoadResult run() throws IOException, InterruptedException {
    try (Fleet fleet = new Fleet(job.fleet())) {
      progress.line("opening %,d sessions".formatted(job.sessions().sessions() + job.idle()));
      fleet.open(job.sessions().sessions(), i -> i % job.users(), job.sessions().pace());
      fleet.open(job.idle(), i -> ~i, job.sessions().pace());
      Stamp stamp = new Stamp(job.fleet().run(), job.load().payload());
      PublisherLink.Plan plan =
          new PublisherLink.Plan(
              job.ingress(), job.load().form(), job.aim(), stamp, job.load().load());
      try (PublisherLink publisher = new PublisherLink(plan)) {
        return run(fleet, publisher);
      }
    } finally {
      progress.end();
    }
  }

  private LoadResult run(Fleet fleet, PublisherLink publisher)
      throws IOException, InterruptedException {
    Timing timing = job.load().timing();
    fleet.measure(timing.measureFrom(), timing.measureUntil());
    Window window = publisher.window();
    if (window != null) {
      fleet.use(window, publisher::freed);
    }
    publisher.start(timing);
    lastMoved = System.nanoTime();
    watch(fleet, publisher, timing.measureFrom());
    Edge start = edge(fleet, publisher);
    watch(fleet, publisher, timing.measureUntil());
    Edge end = edge(fleet, publisher);
    boolean cutShort = stalled;
    drain(fleet, publisher, timing.measureUntil() - timing.baseNanos());
    String firstEnd = fleet.firstEnd();
    fleet.hangUp();
    Edge last = edge(fleet, publisher);
    Latency acks = publisher.ackLatency();
    Latency lag = publisher.lag();
    // From here on nobody writes to the aim, which the verdict reads on the sessions' loops.
    publisher.close();
    Verdict verdict = fleet.verdict(job.aim());
    LoadResult.Latencies latencies = new LoadResult.Latencies(fleet.deliveryLatency(), acks, lag);
    return new LoadResult(start, end, last, verdict, latencies, firstEnd, cutShort);
  }

  private Edge edge(Fleet fleet, PublisherLink publisher) throws IOException {
    return Edge.now(server, fleet.tally(), publisher.tally());
  }

  /** Tells the progress until a moment, or until nothing moves any more. */
  private void watch(Fleet fleet, PublisherLink publisher, long untilNanos)
      throws IOException, InterruptedException {
    long nextTick = System.nanoTime() + TICK_NANOS;
    while (System.nanoTime() < untilNanos && !stalled) {
      long wait = Math.min(untilNanos, nextTick) - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(Math.max(0, wait));
      if (System.nanoTime() >= nextTick) {
        publisher.check();
        tick(fleet.tally(), publisher.tally());
        nextTick += TICK_NANOS;
      }
    }
    publisher.check();
  }

  private void tick(Tally sessions, PublishTally pushes) {
    note(sessions, pushes);
    stalled = isOwed(sessions, pushes) && hasNotMovedFor(job.load().settle().toNanos());
    progress.line(
        "%,d sessions, %,d pushes sent, %,d acked, %,d refused, %,d delivered of %,d"
            .formatted(
                sessions.live(),
                pushes.sent(),
                pushes.acked(),
                pushes.nacked(),
                sessions.delivered(),
                pushes.expectedDeliveries()));
  }

  private void note(Tally sessions, PublishTally pushes) {
    long count = sessions.delivered() + pushes.acked() + pushes.nacked();
    if (count != lastCount) {
      lastCount = count;
      lastMoved = System.nanoTime();
    }
  }

  private boolean hasNotMovedFor(long nanos) {
    return System.nanoTime() - lastMoved > nanos;
  }

  /**
   * Waits for what is still owed, as long as something comes. Pushes that were due and could not go
   * out yet are owed too, for as long again as the run was meant to take.
   */
  private void drain(Fleet fleet, PublisherLink publisher, long sendNanos)
      throws IOException, InterruptedException {
    long sendUntil = System.nanoTime() + sendNanos;
    long nextTick = System.nanoTime() + TICK_NANOS;
    boolean stopped = false;
    boolean complete = false;
    while (!complete && !hasNotMovedFor(job.load().settle().toNanos())) {
      TimeUnit.NANOSECONDS.sleep(POLL_NANOS);
      if (!stopped && (stalled || System.nanoTime() > sendUntil)) {
        stopped = true;
        publisher.stop();
      }
      Tally sessions = fleet.tally();
      PublishTally pushes = publisher.tally();
      note(sessions, pushes);
      complete = (stopped || pushes.unsent() == 0) && !isOwed(sessions, pushes);
      if (System.nanoTime() >= nextTick) {
        publisher.check();
        tick(sessions, pushes);
        nextTick += TICK_NANOS;
      }
    }
    if (complete) {
      TimeUnit.NANOSECONDS.sleep(LINGER_NANOS);
    }
  }

  private static boolean isOwed(Tally sessions, PublishTally pushes) {
    return pushes.unanswered() > 0 || sessions.delivered() < pushes.expectedDeliveries();
  }
}
