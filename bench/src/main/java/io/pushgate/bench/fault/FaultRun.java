package io.pushgate.bench.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Runs faults, those of a stage on one gateway. The thread of the command. */
public final class FaultRun {
  private final FaultPlan plan;

  public FaultRun(FaultPlan plan) {
    this.plan = plan;
  }

  /**
   * All of them, one after the other.
   *
   * @param told is told each as soon as it is over
   */
  public List<FaultResult> run(Consumer<FaultResult> told)
      throws IOException, InterruptedException {
    Map<String, List<Fault>> stages = new LinkedHashMap<>();
    for (Fault fault : plan.faults()) {
      Stage stage = fault.stage();
      String name = stage.isShared() ? stage.name().toLowerCase(Locale.ROOT) : fault.name();
      stages.computeIfAbsent(name, none -> new ArrayList<>()).add(fault);
    }
    List<FaultResult> results = new ArrayList<>();
    for (Map.Entry<String, List<Fault>> stage : stages.entrySet()) {
      Stage kind = stage.getValue().get(0).stage();
      Path folder = plan.folder().resolve(stage.getKey());
      results.addAll(new StageRun(plan, kind, folder, told).run(stage.getValue()));
    }
    return results;
  }
}
