package io.pushgate.bench;

import io.pushgate.bench.ledger.Stamp;
import io.pushgate.bench.ledger.UserNames;
import io.pushgate.bench.measure.Latency;
import io.pushgate.bench.measure.Progress;
import io.pushgate.bench.measure.ServerProcess;
import io.pushgate.bench.publish.AtRandomUsers;
import io.pushgate.bench.publish.Backlog;
import io.pushgate.bench.publish.Form;
import io.pushgate.bench.publish.Load;
import io.pushgate.bench.publish.PublishTally;
import io.pushgate.bench.publish.PublisherLink;
import io.pushgate.bench.publish.Timing;
import io.pushgate.bench.server.GatewayProcess;
import io.pushgate.bench.server.GatewayProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The same pushes on gateways that keep them in different ways: all of them run, one at a time is
 * pushed to, in turn. The thread of the command.
 */
final class DurableRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final UserNames NAMES = new UserNames("durable");

  private final Plan plan;
  private final WorkFolder folder;
  private final Progress progress;
  private final List<GatewayProcess> started = new ArrayList<>();

  /**
   * What to do. Immutable.
   *
   * @param inFlight of all publishers together
   * @param rounds how often each gateway has its turn
   * @param held notifications in the restart at least
   */
  record Plan(
      GatewayProgram program,
      int publishers,
      int inFlight,
      int users,
      int payload,
      Duration slice,
      int rounds,
      int held) {}

  /** One turn of one gateway. Immutable. */
  record Slice(double perSecond, double cpuMicros, Latency acks, long nacked) {}

  /** What starting again took. Immutable. */
  record Restart(
      int held,
      double fillSeconds,
      double emptyMillis,
      double killedMillis,
      double stoppedMillis,
      long dataBytes) {}

  DurableRun(Plan plan, WorkFolder folder, Progress progress) {
    this.plan = plan;
    this.folder = folder;
    this.progress = progress;
  }

  /** A list of slices for each way, in the same order. */
  List<List<Slice>> slices(List<Keeping> ways) throws IOException, InterruptedException {
    List<List<Slice>> slices = new ArrayList<>();
    List<GatewayProcess.Ports> ports = new ArrayList<>();
    for (Keeping way : ways) {
      slices.add(new ArrayList<>());
      ports.add(start(way, "data-" + way.word()).awaitListening(PATIENCE));
    }
    for (int round = 0; round <= plan.rounds(); round++) {
      for (int i = 0; i < ways.size(); i++) {
        Slice slice = slice(started.get(i), ports.get(i), round);
        progress.line(
            "%s, round %d: %,.0f pushes a second, %.1f us each"
                .formatted(ways.get(i).word(), round, slice.perSecond(), slice.cpuMicros()));
        // The first round compiles the gateway's path.
        if (round > 0) {
          slices.get(i).add(slice);
        }
      }
    }
    stopAll();
    return slices;
  }

  private GatewayProcess start(Keeping way, String data) throws IOException {
    List<String> options = new ArrayList<>(way.options());
    options.add("data-dir=" + folder.path().resolve(data));
    GatewayProcess gateway = new GatewayProcess(plan.program().with(options), folder.log());
    started.add(gateway);
    return gateway;
  }

  private Slice slice(GatewayProcess gateway, GatewayProcess.Ports ports, int round)
      throws IOException, InterruptedException {
    ServerProcess process = new ServerProcess(gateway.pid());
    Stamp stamp = new Stamp(ThreadLocalRandom.current().nextInt(), plan.payload());
    List<PublisherLink> publishers = new ArrayList<>();
    try {
      for (int i = 0; i < plan.publishers(); i++) {
        AtRandomUsers aim = new AtRandomUsers(NAMES, plan.users(), 0, round * 100L + i);
        Load load = new Load.Closed(Math.max(1, plan.inFlight() / plan.publishers()));
        publishers.add(
            new PublisherLink(
                new PublisherLink.Plan(ports.ingress(), Form.BINARY, aim, stamp, load)));
      }
      long nanos = plan.slice().toNanos();
      Timing timing = new Timing(System.nanoTime(), nanos / 5, nanos);
      publishers.forEach(publisher -> publisher.start(timing));
      sleepUntil(timing.measureFrom());
      Edges before = edges(process, publishers);
      sleepUntil(timing.measureUntil());
      Edges after = edges(process, publishers);
      return slice(before, after, publishers);
    } finally {
      publishers.forEach(PublisherLink::close);
    }
  }

  private record Edges(long nanos, long cpuNanos, long acked, long nacked) {}

  private static Edges edges(ServerProcess process, List<PublisherLink> publishers)
      throws IOException {
    long acked = 0;
    long nacked = 0;
    for (PublisherLink publisher : publishers) {
      PublishTally tally = publisher.tally();
      acked += tally.acked();
      nacked += tally.nacked();
    }
    return new Edges(System.nanoTime(), process.cpuNanos(), acked, nacked);
  }

  private static Slice slice(Edges before, Edges after, List<PublisherLink> publishers)
      throws IOException {
    Latency acks = new Latency();
    for (PublisherLink publisher : publishers) {
      publisher.check();
      acks.add(publisher.ackLatency());
    }
    long acked = after.acked() - before.acked();
    double seconds = (after.nanos() - before.nanos()) / 1e9;
    double cpuMicros = (after.cpuNanos() - before.cpuNanos()) / 1e3 / Math.max(1, acked);
    return new Slice(acked / seconds, cpuMicros, acks, after.nacked());
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(Math.max(0, nanos - System.nanoTime()));
  }

  /** Fills a gateway on disk, kills it, stops it, and measures how long each start takes. */
  Restart restart(Keeping way) throws IOException, InterruptedException {
    String data = "data-restart";
    GatewayProcess gateway = start(way, data);
    GatewayProcess.Ports ports = gateway.awaitListening(PATIENCE);
    double emptyMillis = ports.readyNanos() / 1e6;
    progress.line("holding %,d notifications of %,d users".formatted(plan.held(), plan.users()));
    long began = System.nanoTime();
    int held = fill(ports);
    double fillSeconds = (System.nanoTime() - began) / 1e9;
    gateway.kill();
    gateway = start(way, data);
    double killedMillis = gateway.awaitListening(PATIENCE).readyNanos() / 1e6;
    gateway.stop();
    gateway = start(way, data);
    double stoppedMillis = gateway.awaitListening(PATIENCE).readyNanos() / 1e6;
    gateway.stop();
    return new Restart(held, fillSeconds, emptyMillis, killedMillis, stoppedMillis, size(data));
  }

  private int fill(GatewayProcess.Ports ports) throws IOException {
    Stamp stamp = new Stamp(ThreadLocalRandom.current().nextInt(), plan.payload());
    try (Backlog backlog = new Backlog(ports.ingress(), NAMES, plan.users(), 1, stamp)) {
      while (backlog.sent() * plan.users() < plan.held()) {
        backlog.push();
      }
      return backlog.sent() * plan.users();
    }
  }

  private long size(String data) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(folder.path().resolve(data))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  private void stopAll() throws InterruptedException {
    for (GatewayProcess gateway : started) {
      gateway.stop();
    }
    started.clear();
  }

  @Override
  public void close() {
    started.forEach(GatewayProcess::close);
  }
}
