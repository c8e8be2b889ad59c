package io.pushgate.bench;

import io.pushgate.bench.client.Tally;
import io.pushgate.bench.measure.ServerProcess;
import io.pushgate.bench.publish.PublishTally;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is counted, at one end of the measured time. Immutable.
 *
 * @param serverCpuNanos zero where no process was named, as for the memory
 */
record Edge(
    long nanos,
    long serverCpuNanos,
    long serverBytes,
    long clientCpuNanos,
    Tally sessions,
    PublishTally pushes) {

  static Edge now(@Nullable ServerProcess server, Tally sessions, PublishTally pushes)
      throws IOException {
    return new Edge(
        System.nanoTime(),
        server == null ? 0 : server.cpuNanos(),
        server == null ? 0 : server.residentBytes(),
        ownCpuNanos(),
        sessions,
        pushes);
  }

  private static long ownCpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean os
        ? os.getProcessCpuTime()
        : 0;
  }

  double secondsSince(Edge start) {
    return (nanos - start.nanos) / 1e9;
  }
}
