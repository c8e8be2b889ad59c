package io.pushgate.bench.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;

/** The used heap that a gateway tells at its admin port. Any thread. */
public final class HeapMetric {
  private final HttpClient client = HttpClient.newHttpClient();
  private final InetSocketAddress admin;

  public HeapMetric(InetSocketAddress admin) {
    this.admin = admin;
  }

  /** Garbage included: the least of several readings is nearest to what lives. */
  public long usedBytes() throws IOException, InterruptedException {
    return (long) AdminMetrics.of(client, admin).sum("jvm_memory_used_bytes", "area=\"heap\"");
  }
}
