package io.pushgate.bench.fault;

import io.pushgate.bench.measure.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs faults, those of a stage on one gateway. The thread of the command. */
public final class FaultRun {
  private final FaultPlan plan;
  private final Progress progress;

  public FaultRun(FaultPlan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** All of them, one after the other. */
  public List<FaultResult> run() throws IOException, InterruptedException {
    Map<Stage, List<Fault>> stages = new LinkedHashMap<>();
    for (Fault fault : plan.faults()) {
      stages.computeIfAbsent(fault.stage(), stage -> new ArrayList<>()).add(fault);
    }
    List<FaultResult> results = new ArrayList<>();
    for (Map.Entry<Stage, List<Fault>> stage : stages.entrySet()) {
      results.addAll(new StageRun(plan, stage.getKey(), progress).run(stage.getValue()));
    }
    progress.end();
    return results;
  }
}
