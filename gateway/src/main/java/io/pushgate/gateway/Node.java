package io.pushgate.gateway;

import io.pushgate.gateway.auth.TokenKeys;
import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.config.ConfigException;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.IngressConfig;
import io.pushgate.gateway.config.TokenConfig;
import io.pushgate.gateway.hub.Hub;
import io.pushgate.gateway.ingress.tls.IngressTls;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.routing.NodeRouter;
import io.pushgate.gateway.session.SessionLoop;
import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.gateway.supervision.Canary;
import io.pushgate.gateway.transport.Buffers;
import io.pushgate.gateway.transport.Recurring;
import io.pushgate.gateway.transport.Transport;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a gateway, which its ports lead to: event loops, broker, hub and what routes
 * between them. <em>Any thread</em> but an event loop, since closing waits for those.
 */
final class Node implements AutoCloseable {
  private static final long SWEEP_JOURNALS_MILLIS = 1_000;

  final Metrics metrics = new Metrics();

  /** Null where no tokens are asked for. */
  final @Nullable TokenKeys tokenKeys;

  /** Empty where the ingress port speaks no TLS. */
  final Optional<IngressTls> ingressTls;

  final Transport transport;
  final Broker broker;
  final NodeRouter router;
  final Hub hub;

  /**
   * Starts the loops.
   *
   * @param broker closed with the node
   * @throws UnsupportedOperationException where this machine does not have the transport asked for
   */
  Node(GatewayConfig config, Broker broker) {
    this.broker = broker;
    tokenKeys = tokenKeys(config.publicPort().tokens(), metrics);
    ingressTls = ingressTls(config.ingress(), metrics);
    transport = Transport.start(config.transport(), () -> metrics.limitHit("descriptors"));
    router = new NodeRouter(broker);
    List<SessionLoop> loops =
        transport.loops().stream()
            .map(loop -> new SessionLoop(loop, router, broker.cursors(), config.session(), metrics))
            .toList();
    hub = new Hub(loops, config.session().maxSessionsPerUser());
    router.serve(hub, loops);
    hub.sweepEvery(sweepMillis(config.session().heartbeat().toMillis()));
    Recurring.every(
        transport.loops().get(0), SWEEP_JOURNALS_MILLIS, "the journals' sweep", broker::sweep);
    watch();
  }

  private static @Nullable TokenKeys tokenKeys(TokenConfig config, Metrics metrics) {
    try {
      return config.keys().isEmpty() ? null : TokenKeys.open(config, metrics.tokens());
    } catch (IllegalArgumentException noKeys) {
      throw new ConfigException(String.valueOf(noKeys.getMessage()));
    }
  }

  private static Optional<IngressTls> ingressTls(IngressConfig config, Metrics metrics) {
    try {
      return config.tls().map(files -> IngressTls.open(files, metrics.ingress()));
    } catch (IllegalArgumentException noCertificate) {
      throw new ConfigException(String.valueOf(noCertificate.getMessage()));
    }
  }

  /** Often enough for a heartbeat to be late by a tenth at most. */
  private static long sweepMillis(long heartbeatMillis) {
    return Math.max(10, Math.min(1_000, heartbeatMillis / 10));
  }

  private void watch() {
    metrics.watchSessions("websocket", () -> hub.sessions(Format.WEBSOCKET));
    metrics.watchSessions("sse", () -> hub.sessions(Format.SSE));
    metrics.watchUsers(hub::onlineUsers);
    metrics.journals().watch(broker::journals, broker::heldBytes, () -> broker.trouble() == null);
    metrics.journals().watchLoads(broker::entriesLoaded);
    metrics.watchLoops(transport.loops());
    metrics.memory().watchTable("remembered-users", hub::rememberedUsers);
    metrics.memory().watchAllocator(Buffers.taken());
    metrics.memory().watchBuffered(Buffers::inUse);
  }

  /** Proves, where somebody asks for it, that notifications go through here. */
  Canary canary() {
    return new Canary(
        router, transport.loops(), metrics.canaries(), () -> broker.trouble() != null);
  }

  /**
   * Ends the loops first: what they share is nobody's then. Where one hangs, the store is closed
   * all the same, and the rest is left as it is.
   *
   * @throws IllegalStateException where the process has to be ended from outside
   */
  @Override
  public void close() {
    boolean ended = transport.stop();
    if (tokenKeys != null) {
      tokenKeys.close();
    }
    ingressTls.ifPresent(IngressTls::close);
    broker.close();
    if (!ended) {
      throw new IllegalStateException("an event loop does not end");
    }
    hub.release();
    metrics.close();
  }
}
