package io.pushgate.bench.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
  public List<FaultResult> run(Consumer<FaultResult> told) throws IOException, InterruptedException {
    Map<Stage, List<Fault>> stages = new LinkedHashMap<>();
    for (Fault fault : plan.faults()) {
      stages.computeIfAbsent(fault.stage(), stage -> new ArrayList<>()).add(fault);
    }
    List<FaultResult> results = new ArrayList<>();
    for (Map.Entry<Stage, List<Fault>> stage : stages.entrySet()) {
      results.addAll(new StageRun(plan, stage.getKey(), told).run(stage.getValue()));
    }
    return results;
  }
}
