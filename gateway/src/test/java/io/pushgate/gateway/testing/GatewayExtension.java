package io.pushgate.gateway.testing;

import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.broker.memory.Lanes;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.ListenConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A whole gateway on free ports for each test of a class, and clients that are closed with it. With
 * the system property {@code pushgate.test.lanes=late} its broker answers late and out of step.
 * Used by one test thread at a time.
 */
public final class GatewayExtension implements BeforeEachCallback, AfterEachCallback {
  private static final long SEED = 42;

  private final GatewayConfig config;
  private final boolean late;
  private final List<AutoCloseable> clients = new ArrayList<>();
  private final Failures failures = new Failures();
  private @Nullable LateLanes lanes;
  private @Nullable Gateway gateway;

  private GatewayExtension(GatewayConfig config, boolean late) {
    this.config = config;
    this.late = late;
  }

  /**
   * A gateway with these settings, each as a line of the configuration file: {@code heartbeat=1s}.
   */
  public static GatewayExtension of(String... lines) {
    return new GatewayExtension(
        GatewayConfig.of(lines).withFreePorts(),
        System.getProperty("pushgate.test.lanes", "").equals("late"));
  }

  /** The same with late lanes, whatever the system property says. */
  public GatewayExtension late() {
    return new GatewayExtension(config, true);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    if (late) {
      lanes = new LateLanes(SEED, failures);
      gateway = Gateway.start(config, lanes);
    } else {
      gateway = Gateway.start(config, Lanes.single());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (AutoCloseable client : clients) {
      client.close();
    }
    clients.clear();
    if (gateway != null) {
      gateway.close();
    }
    if (lanes != null) {
      lanes.close();
    }
  }

  public ListenConfig bound() {
    if (gateway == null) {
      throw new IllegalStateException("asked outside of a test");
    }
    return gateway.bound();
  }

  /** Which appends fail, where the lanes are late. */
  public Failures failures() {
    return failures;
  }

  public WebSocketClient webSocket(String user, String query) {
    return closing(new WebSocketClient(bound().publicAddress(), user, query));
  }

  public SseClient sse(String user, String query) {
    return closing(new SseClient(bound().publicAddress(), user, query));
  }

  public Publisher publisher() {
    return closing(new Publisher(bound().ingressAddress()));
  }

  private <T extends AutoCloseable> T closing(T client) {
    clients.add(client);
    return client;
  }
}
