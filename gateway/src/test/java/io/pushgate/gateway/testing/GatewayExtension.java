package io.pushgate.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.ListenConfig;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A gateway on free ports for each test, and the clients that a test opens on it, all gone after
 * it. With the system property {@code pushgate.test.lanes=late} its broker is late, out of step and
 * fails now and then; {@code pushgate.test.broker} names another than the one in memory.
 */
public final class GatewayExtension implements BeforeEachCallback, AfterEachCallback {
  private static final long SEED = 20_061;
  private static final boolean ALL_LATE = "late".equals(System.getProperty("pushgate.test.lanes"));

  private final boolean late;
  private final boolean nowAndThen;
  private final String[] options;
  private final Failures failures = new Failures();
  private final List<AutoCloseable> clients = new ArrayList<>();
  private TempDirectory directory;
  private Gateway gateway;

  private GatewayExtension(boolean late, boolean nowAndThen, String... options) {
    this.late = late;
    this.nowAndThen = nowAndThen;
    this.options = options;
  }

  /** Each option is a line of the configuration file. */
  public static GatewayExtension with(String... options) {
    return new GatewayExtension(ALL_LATE, ALL_LATE, options);
  }

  /** The same over a broker that is late always, and fails only as {@link #failures} says. */
  public GatewayExtension late() {
    return new GatewayExtension(true, false, options);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    directory = TempDirectory.create("pushgate-gateway");
    GatewayConfig config = GatewayConfig.of(withBroker()).withFreePorts();
    if (nowAndThen) {
      failures.failNowAndThen();
    }
    gateway =
        late
            ? Gateway.start(config, LateBroker.open(config.broker(), SEED, failures))
            : Gateway.start(config);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (AutoCloseable client : clients) {
      client.close();
    }
    clients.clear();
    gateway.close();
    directory.delete();
  }

  private String[] withBroker() {
    List<String> all = new ArrayList<>(List.of(options));
    if (all.stream().noneMatch(option -> option.startsWith("broker="))) {
      all.add("broker=" + System.getProperty("pushgate.test.broker", "memory"));
    }
    all.add("data-dir=" + directory.path());
    return all.toArray(String[]::new);
  }

  /** Which commits fail, where the broker is late. */
  public Failures failures() {
    return failures;
  }

  public ListenConfig bound() {
    return gateway.bound();
  }

  /** Connects without waiting for the first frame. */
  public StreamClient connect(StreamKind kind, StreamRequest request) throws IOException {
    StreamClient client = kind.open(bound(), request);
    clients.add(client);
    return client;
  }

  /** Connects and takes the first frame. */
  public StreamClient open(StreamKind kind, StreamRequest request) throws IOException {
    StreamClient client = connect(kind, request);
    client.next("welcome");
    return client;
  }

  public StreamClient open(StreamKind kind, String user) throws IOException {
    return open(kind, StreamRequest.of(user));
  }

  public Publisher publisher() throws IOException {
    Publisher publisher = new Publisher(bound());
    clients.add(publisher);
    return publisher;
  }

  /** Pushes in this form and returns when it is acked. */
  public void push(PushForm form, TestPush push) throws Exception {
    form.push(bound(), push);
  }

  /** Sends one request to the ingress port, again where it was not taken; answers the answer. */
  public JsonNode ask(String line) {
    HttpResponse<String> answer = HttpCall.post(bound().ingressAddress(), "/push", line);
    while (answer.statusCode() == 503) {
      answer = HttpCall.post(bound().ingressAddress(), "/push", line);
    }
    return json(answer);
  }

  /** What an operator is told of a user's sessions. */
  public JsonNode sessions(String user) {
    String target = "/api/users/" + StreamRequest.of(user).path();
    return json(HttpCall.get(bound().adminAddress(), target)).path("sessions");
  }

  /** What an operator is told of a notification. */
  public JsonNode path(String id) {
    return json(HttpCall.get(bound().adminAddress(), "/api/notifications/" + id));
  }

  /** What the scrape says of a sample, named with its labels as they stand there; 0 for nothing. */
  public double metric(String sample) {
    return HttpCall.get(bound().adminAddress(), "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  /** How often a limit was hit. */
  public double limitHits(String limit) {
    return metric("pushgate_limit_hits_total{limit=\"" + limit + "\"}");
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return StreamClient.JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Begins to stop the gateway as SIGTERM does. */
  public CompletableFuture<Void> stop() {
    return CompletableFuture.runAsync(gateway::close);
  }
}
