package io.pushgate.bench.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The used heap that a gateway tells at its admin port. Any thread. */
public final class HeapMetric {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String NAME = "jvm_memory_used_bytes{";
  private static final String HEAP = "area=\"heap\"";

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI metrics;

  public HeapMetric(InetSocketAddress admin) {
    metrics = URI.create("http://%s:%d/metrics".formatted(admin.getHostString(), admin.getPort()));
  }

  /** Garbage included: the least of several readings is nearest to what lives. */
  public long usedBytes() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(metrics).timeout(PATIENCE).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    double sum = 0;
    boolean found = false;
    for (String line : answer.body().lines().toList()) {
      if (line.startsWith(NAME) && line.contains(HEAP)) {
        found = true;
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    if (!found) {
      throw new IOException(
          "%s answered %d, without %s".formatted(metrics, answer.statusCode(), NAME));
    }
    return (long) sum;
  }
}
