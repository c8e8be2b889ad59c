package io.pushgate.bench.fault;

import io.pushgate.bench.server.GatewayProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What to do. Immutable.
 *
 * @param folder where each stage has a folder with its gateway's data and log
 * @param nginxConf the project's files for nginx
 * @param time how long a fault lasts, where it does not need more
 * @param users of the healthy load, with two sessions each
 * @param rate pushes a second of the healthy load
 * @param strangers how many hostile peers there are at a time
 * @param latest the 99th percentile of the healthy sessions' delay that is let pass
 */
public record FaultPlan(
    GatewayProgram program,
    Path folder,
    Path nginxConf,
    List<Fault> faults,
    Duration time,
    int users,
    int rate,
    int strangers,
    Duration latest,
    long seed) {
  public FaultPlan {
    faults = List.copyOf(faults);
  }
}
