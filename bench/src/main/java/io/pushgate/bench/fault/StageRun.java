package io.pushgate.bench.fault;

import io.pushgate.bench.crash.SteadyLoad;
import io.pushgate.bench.measure.Latency;
import io.pushgate.bench.server.GatewayProcess;
import io.pushgate.bench.server.GatewayVitals;
import io.pushgate.bench.server.Vitals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One gateway with its healthy load, and the faults beside it. The thread of the command. */
final class StageRun {
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PUBLISHERS = 2;
  private static final int PAYLOAD_BYTES = 100;
  private static final int SHOWN_VIOLATIONS = 8;

  /** What a JVM needs to be compiled by the load, and a measurement to be one. */
  private static final Duration WARM_UP = Duration.ofSeconds(4);

  private static final Duration CALM = Duration.ofSeconds(3);

  /** Half a request may stand for a minute, which also holds one whose peer has gone. */
  private static final Duration GIVING_BACK = Duration.ofSeconds(75);

  private final FaultPlan plan;
  private final Stage stage;
  private final Consumer<FaultResult> told;
  private final Path folder;
  private final Path log;

  StageRun(FaultPlan plan, Stage stage, Path folder, Consumer<FaultResult> told) {
    this.plan = plan;
    this.stage = stage;
    this.told = told;
    this.folder = folder;
    log = folder.resolve("gateway.log");
  }

  /** The faults in turn; behind the last one the books are added up. */
  List<FaultResult> run(List<Fault> faults) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (GatewayProcess gateway = new GatewayProcess(stage.program(plan.program(), folder), log)) {
      GatewayProcess.Ports ports = gateway.awaitListening(START_PATIENCE);
      GatewayVitals vitals = new GatewayVitals(gateway, ports);
      if (stage != Stage.PROXY) {
        return beside(
            new Scene(ports, vitals, load(), null, folder, plan.strangers()), gateway, faults);
      }
      Path proxyFolder = folder.resolve("nginx");
      try (NginxProxy proxy =
          NginxProxy.start(plan.nginxConf(), proxyFolder, ports.client().getPort())) {
        GatewayProcess.Ports through =
            new GatewayProcess.Ports(
                proxy.address(), ports.ingress(), ports.admin(), ports.readyNanos());
        return beside(
            new Scene(through, vitals, load(), proxy, folder, plan.strangers()), gateway, faults);
      }
    } catch (CannotRun e) {
      return tellAll(faults, fault -> FaultResult.notRun(fault, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return tellAll(
          faults, fault -> FaultResult.broken(fault, List.of(String.valueOf(e.getMessage()))));
    }
  }

  private List<FaultResult> tellAll(List<Fault> faults, Function<Fault, FaultResult> of) {
    List<FaultResult> results = faults.stream().map(of).toList();
    results.forEach(told);
    return results;
  }

  private SteadyLoad load() {
    return new SteadyLoad(
        new SteadyLoad.Plan(
            plan.seed(), plan.users(), PUBLISHERS, 1, PAYLOAD_BYTES, stage.mayRefuse()));
  }

  private List<FaultResult> beside(Scene scene, GatewayProcess gateway, List<Fault> faults)
      throws IOException, InterruptedException {
    List<FaultResult> results = new ArrayList<>();
    try (SteadyLoad load = scene.load()) {
      if (!load.start(scene.ports(), PATIENCE)) {
        throw new IOException("not all sessions of the healthy load were welcomed: " + log);
      }
      load.rate(plan.rate());
      pause(WARM_UP);
      for (int i = 0; i < faults.size(); i++) {
        load.part(i + 1);
        FaultResult result = run(faults.get(i), scene, gateway);
        results.add(result);
        told.accept(result);
        if (result.isBroken()) {
          // Nobody is to be judged on a gateway that another has broken.
          String why = result.fault().name() + " broke the gateway";
          List<Fault> others = faults.subList(i + 1, faults.size());
          results.addAll(tellAll(others, fault -> FaultResult.broken(fault, List.of(why))));
          return results;
        }
      }
      closeBooks(scene, gateway, results);
    }
    return results;
  }

  private FaultResult run(Fault fault, Scene scene, GatewayProcess gateway)
      throws IOException, InterruptedException {
    long linesBefore = LogJudge.lines(log).size();
    int violatedBefore = scene.load().violated();
    int known = scene.load().violations(0).size();
    List<String> failures = new ArrayList<>();
    FaultResult result;
    try {
      result = measure(fault, scene, failures);
    } catch (CannotRun e) {
      return FaultResult.notRun(fault, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      failures.add((gateway.isAlive() ? "" : "the gateway ended: ") + e.getMessage());
      result = FaultResult.broken(fault, failures);
    }
    List<String> all = new ArrayList<>(result.failures());
    int violated = scene.load().violated() - violatedBefore;
    if (violated > 0) {
      all.add("%,d promises to the healthy were broken".formatted(violated));
      all.addAll(shown(scene.load().violations(known)));
    }
    all.addAll(LogJudge.complaints(log, linesBefore));
    return result.with(all);
  }

  private FaultResult measure(Fault fault, Scene scene, List<String> failures)
      throws CannotRun, IOException, InterruptedException {
    SteadyLoad load = scene.load();
    Vitals before = scene.vitals().lookCollected();
    int ackedBefore = load.acked();
    load.takeLatency();
    pause(CALM);
    Latency calm = load.takeLatency();
    Latency during;
    @Nullable Vitals height = null;
    int peers;
    try (Deed.Ongoing ongoing = fault.deed().begin(scene)) {
      pause(plan.time().compareTo(fault.least()) > 0 ? plan.time() : fault.least());
      during = load.takeLatency();
      failures.addAll(ongoing.complaints());
      peers = ongoing.peers();
      if (peers > 0 && stage != Stage.DESCRIPTORS) {
        height = scene.vitals().lookCollected();
      }
    }
    if (during.count() == 0) {
      failures.add("the healthy got nothing while it lasted");
    } else if (during.percentileMillis(99) > stage.latestMillis(plan.latest())) {
      failures.add("the healthy waited for %,.0f ms".formatted(during.percentileMillis(99)));
    }
    if (!load.catchUp(PATIENCE)) {
      failures.add("not all that was acked came to the healthy");
    }
    Vitals after = givenBack(scene, before, ackedBefore);
    failures.addAll(new MemoryJudge(load.acked() - ackedBefore).complaints(before, after));
    return new FaultResult(fault, calm, during, before, height, after, peers, "", failures);
  }

  /** Looks until all is given back, or time is up. */
  private static Vitals givenBack(Scene scene, Vitals before, int ackedBefore)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + GIVING_BACK.toNanos();
    while (true) {
      Vitals now = scene.vitals().lookCollected();
      MemoryJudge judge = new MemoryJudge(scene.load().acked() - ackedBefore);
      if (judge.complaints(before, now).isEmpty() || System.nanoTime() > deadline) {
        return now;
      }
      pause(Duration.ofSeconds(1));
    }
  }

  /** What the whole stage shows is told of its last fault. */
  private void closeBooks(Scene scene, GatewayProcess gateway, List<FaultResult> results)
      throws InterruptedException {
    int violatedBefore = scene.load().violated();
    int known = scene.load().violations(0).size();
    scene.load().finish(true, PATIENCE);
    List<String> failures = new ArrayList<>(results.get(results.size() - 1).failures());
    if (scene.load().violated() > violatedBefore) {
      failures.add("of all that was held, not everything came again as it came first");
      failures.addAll(shown(scene.load().violations(known)));
    }
    int exitCode = gateway.stop();
    if (exitCode != 0) {
      failures.add("the gateway stopped with exit code " + exitCode);
    }
    results.set(results.size() - 1, results.get(results.size() - 1).with(failures));
  }

  private static List<String> shown(List<String> violations) {
    return violations.subList(0, Math.min(SHOWN_VIOLATIONS, violations.size()));
  }

  private static void pause(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
  }
}
