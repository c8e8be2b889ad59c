package io.pushgate.bench.server;

import io.pushgate.bench.measure.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** Reads how a gateway is, and can make it collect its garbage first. One thread at a time. */
public final class GatewayVitals {
  private static final int COLLECT_SECONDS = 60;
  private static final String USED = "jvm_memory_used_bytes";
  private static final String HEAP = "area=\"heap\"";

  /** As the collectors name it; one that has no generations has none. */
  private static final List<String> OLD = List.of("Tenured Gen", "G1 Old Gen", "PS Old Gen");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ServerProcess process;
  private final InetSocketAddress admin;

  public GatewayVitals(GatewayProcess gateway, GatewayProcess.Ports ports) throws IOException {
    this(new ServerProcess(gateway.pid()), ports.admin());
  }

  GatewayVitals(ServerProcess process, InetSocketAddress admin) {
    this.process = process;
    this.admin = admin;
  }

  public long pid() {
    return process.pid();
  }

  public AdminMetrics metrics() throws IOException, InterruptedException {
    return AdminMetrics.of(client, admin);
  }

  /** How many it has open; the kernel knows, also while the gateway can't answer. */
  public long descriptors() throws IOException {
    return process.openFiles();
  }

  /** As it stands, garbage included. */
  public Vitals look() throws IOException, InterruptedException {
    AdminMetrics metrics = metrics();
    return vitals(metrics, metrics.sum(USED, HEAP));
  }

  /** Behind a full collection, which stops the gateway for some ten milliseconds. */
  public Vitals lookCollected() throws IOException, InterruptedException {
    collect();
    AdminMetrics metrics = metrics();
    return vitals(metrics, liveBytes(metrics));
  }

  /** What a full collection leaves lies in the old generation; what came since, mostly not. */
  private static double liveBytes(AdminMetrics metrics) throws IOException {
    for (String generation : OLD) {
      OptionalDouble used = metrics.find(USED, "id=\"" + generation + "\"");
      if (used.isPresent()) {
        return used.getAsDouble();
      }
    }
    return metrics.sum(USED, HEAP);
  }

  private Vitals vitals(AdminMetrics metrics, double heapBytes) throws IOException {
    return new Vitals(
        (long) heapBytes,
        (long) metrics.sum("pushgate_buffer_memory_bytes", "memory=\"direct\""),
        (long) metrics.sum("pushgate_buffered_bytes", ""),
        process.residentBytes(),
        process.openFiles(),
        process.cpuNanos());
  }

  private void collect() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      throw new IOException("needs a whole JDK: there is no " + jcmd);
    }
    Process asking =
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!asking.waitFor(COLLECT_SECONDS, TimeUnit.SECONDS)) {
      asking.destroyForcibly();
      throw new IOException(
          "the gateway collected no garbage within %d s".formatted(COLLECT_SECONDS));
    }
    if (asking.exitValue() != 0) {
      throw new IOException("jcmd GC.run ended with exit code " + asking.exitValue());
    }
  }
}
