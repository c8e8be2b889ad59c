package io.pushgate.bench.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** One look at the figures that a gateway tells at its admin port. Immutable. */
public final class AdminMetrics {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI source;
  private final List<String> lines;

  private AdminMetrics(URI source, List<String> lines) {
    this.source = source;
    this.lines = lines;
  }

  /** Asks once. */
  public static AdminMetrics of(HttpClient client, InetSocketAddress admin)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://%s:%d/metrics".formatted(admin.getHostString(), admin.getPort()));
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return new AdminMetrics(uri, answer.body().lines().toList());
  }

  /**
   * The sum of all values of a name whose labels hold a text, {@code area="heap"}.
   *
   * @throws IOException where there is none
   */
  public double sum(String name, String label) throws IOException {
    OptionalDouble sum = find(name, label);
    if (sum.isEmpty()) {
      throw new IOException("%s tells no %s with %s".formatted(source, name, label));
    }
    return sum.getAsDouble();
  }

  /** The same where there may be none. */
  public OptionalDouble find(String name, String label) {
    double sum = 0;
    boolean found = false;
    for (String line : lines) {
      if (line.startsWith(name) && isEndOfName(line, name.length()) && line.contains(label)) {
        found = true;
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return found ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }

  private static boolean isEndOfName(String line, int at) {
    return at < line.length() && (line.charAt(at) == '{' || line.charAt(at) == ' ');
  }
}
