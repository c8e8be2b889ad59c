package io.pushgate.bench.soak;

import io.pushgate.bench.crash.SteadyLoad;
import io.pushgate.bench.fault.LogJudge;
import io.pushgate.bench.measure.Latency;
import io.pushgate.bench.measure.Progress;
import io.pushgate.bench.server.GatewayProcess;
import io.pushgate.bench.server.GatewayProgram;
import io.pushgate.bench.server.GatewayVitals;
import io.pushgate.bench.server.Vitals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Loads a gateway for long, looks at it every few seconds, and judges. The command's thread. */
public final class SoakRun {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long SAMPLE_SECONDS = 5;
  private static final int PUBLISHERS = 4;
  private static final int NAMED = 2;
  private static final int PAYLOAD_BYTES = 200;

  /**
   * Seconds of the load that everyone's journal holds several times over, so that nobody falls out.
   * Those of strangers are written to rarely: these are full by their age.
   */
  private static final int HELD_PER_RATE = 5;

  private static final int FEWEST_HELD = 1_000;

  private final SoakPlan plan;
  private final Progress progress;
  private final List<Sample> samples = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  public SoakRun(SoakPlan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
  }

  public SoakResult run() throws IOException, InterruptedException {
    int capacity = plan.rate() > 0 ? 0 : ramp();
    int rate = plan.rate() > 0 ? plan.rate() : capacity / 2;
    if (rate > 0) {
      soak(rate);
    } else {
      failures.add("the gateway does not keep up with the first step of the ramp");
    }
    progress.end();
    double from = plan.settled().toMillis() / 1e3;
    List<Sample> judged = samples.stream().filter(sample -> sample.seconds() >= from).toList();
    List<Trend> trends =
        Arrays.stream(Gauge.values()).map(gauge -> Trend.of(gauge, judged)).toList();
    return new SoakResult(capacity, rate, samples, trends, failures);
  }

  private int ramp() throws IOException, InterruptedException {
    try (GatewayProcess gateway = gateway("ramp", Ramp.BOUNDS);
        SteadyLoad load = load()) {
      GatewayProcess.Ports ports = gateway.awaitListening(PATIENCE);
      start(load, ports);
      Chaos chaos = new Chaos(ports, plan.seed());
      try {
        return new Ramp(load, progress).capacity();
      } finally {
        chaos.close();
      }
    }
  }

  private void soak(int rate) throws IOException, InterruptedException {
    List<String> bounds =
        List.of(
            "journal-count=" + Math.max(FEWEST_HELD, HELD_PER_RATE * rate),
            "journal-bytes=64MiB",
            "journal-age=2m",
            "receipt-count=" + Math.max(FEWEST_HELD, HELD_PER_RATE * rate),
            "dedupe-age=1m");
    try (GatewayProcess gateway = gateway("soak", bounds);
        SteadyLoad load = load()) {
      GatewayProcess.Ports ports = gateway.awaitListening(PATIENCE);
      GatewayVitals vitals = new GatewayVitals(gateway, ports);
      start(load, ports);
      load.rate(rate);
      Chaos chaos = new Chaos(ports, plan.seed());
      try {
        watch(load, vitals);
      } catch (IOException e) {
        failures.add((gateway.isAlive() ? "" : "the gateway ended: ") + e.getMessage());
      } finally {
        chaos.close();
      }
      load.finish(false, PATIENCE);
      failures.addAll(load.violations(0));
      int exitCode = gateway.stop();
      if (exitCode != 0) {
        failures.add("the gateway stopped with exit code " + exitCode);
      }
    }
    failures.addAll(LogJudge.complaints(log("soak"), 0));
  }

  private void watch(SteadyLoad load, GatewayVitals vitals)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long last = start;
    long cpu = vitals.look().cpuNanos();
    long collectedAt = start;
    load.takeLatency();
    while (last - start < plan.time().toNanos()) {
      TimeUnit.SECONDS.sleep(SAMPLE_SECONDS);
      Latency latency = load.takeLatency();
      boolean collect = System.nanoTime() - collectedAt >= plan.between().toNanos();
      Vitals now = collect ? vitals.lookCollected() : vitals.look();
      long nanos = System.nanoTime();
      collectedAt = collect ? nanos : collectedAt;
      Sample sample =
          new Sample(
              (nanos - start) / 1e9,
              now,
              collect,
              (double) (now.cpuNanos() - cpu) / (nanos - last),
              latency.percentileMillis(50),
              latency.percentileMillis(99),
              load.acked(),
              load.arrived());
      samples.add(sample);
      cpu = now.cpuNanos();
      last = nanos;
      progress.line(line(sample) + ", %,d violations".formatted(load.violated()));
    }
  }

  private static String line(Sample sample) {
    return "%,.0f s: %,d acked, p99 %,.1f ms, %,d descriptors, %,.2f processors"
        .formatted(
            sample.seconds(),
            sample.acked(),
            sample.p99Millis(),
            sample.vitals().descriptors(),
            sample.cores());
  }

  private GatewayProcess gateway(String name, List<String> options) throws IOException {
    List<String> all = new ArrayList<>(options);
    all.add("data-dir=" + plan.folder().resolve(name));
    GatewayProgram program = plan.program().with(all);
    return new GatewayProcess(program, log(name));
  }

  private Path log(String name) {
    return plan.folder().resolve(name + ".log");
  }

  private SteadyLoad load() {
    return new SteadyLoad(
        new SteadyLoad.Plan(plan.seed(), plan.users(), PUBLISHERS, NAMED, PAYLOAD_BYTES, false));
  }

  private static void start(SteadyLoad load, GatewayProcess.Ports ports)
      throws IOException, InterruptedException {
    if (!load.start(ports, PATIENCE)) {
      throw new IOException("not all sessions of the load were welcomed");
    }
  }
}
