package io.pushgate.gateway.client;

import io.pushgate.gateway.config.PublicConfig;
import io.pushgate.gateway.http.Network;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.metrics.Port;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections, in all and for each address. Those past {@code --max-connections} are still
 * let in so far that they can be told why they are refused, up to an eighth more; from there on
 * they are closed unheard. Any thread.
 */
final class Admission {
  /** Clients come back spread over so many seconds. */
  private static final int MAX_RETRY_AFTER = 10;

  private final PublicConfig config;
  private final Metrics metrics;
  private final AtomicInteger connections = new AtomicInteger();
  private final ConcurrentMap<Network, Integer> perAddress = new ConcurrentHashMap<>();
  private volatile boolean draining;

  Admission(PublicConfig config, Metrics metrics) {
    this.config = config;
    this.metrics = metrics;
  }

  /** From now on every request is refused, since this process goes away. */
  void drain() {
    draining = true;
  }

  /** Counts a connection in; empty where it is to be closed unheard. */
  Optional<Ticket> enter(InetAddress peer) {
    int count = connections.incrementAndGet();
    int limit = config.maxConnections();
    if (count > limit + limit / 8 + 1) {
      connections.decrementAndGet();
      metrics.limitHit("max-connections");
      return Optional.empty();
    }
    metrics.connectionAccepted(Port.PUBLIC);
    Ticket ticket = new Ticket(count > limit);
    ticket.countPeer(peer);
    return Optional.of(ticket);
  }

  /** One connection's place. Event loop only. */
  final class Ticket {
    private boolean late;
    private boolean left;
    private @Nullable Network counted;

    private Ticket(boolean late) {
      this.late = late;
    }

    /**
     * Counts a silent connection with its peer. One that comes from a proxy is counted with its
     * client once a request tells who that is.
     */
    private void countPeer(InetAddress peer) {
      if (!config.trustedProxies().contains(peer)) {
        count(Network.of(peer));
      }
    }

    /** The 429 and 503 of the contract's table. */
    Optional<Problem> objection(PublicRequest request) {
      if (!count(Network.of(request.client()))) {
        metrics.limitHit("max-connections-per-address");
        return Optional.of(
            later(ProblemCode.RATE_LIMITED, "too many connections from this address"));
      }
      if (draining) {
        return Optional.of(later(ProblemCode.DRAINING, "this gateway is going away"));
      }
      late = late && connections.get() > config.maxConnections();
      if (late) {
        metrics.limitHit("max-connections");
        return Optional.of(later(ProblemCode.OVERLOADED, "no connection is left"));
      }
      return Optional.empty();
    }

    /** The connection ended; a channel and the wire that took its socket may both say so. */
    void leave() {
      if (!left) {
        left = true;
        connections.decrementAndGet();
        metrics.connectionClosed(Port.PUBLIC);
        uncount();
      }
    }

    /** A proxy's connection may carry one client's request after another's. */
    private boolean count(Network network) {
      if (config.maxConnectionsPerAddress() == 0 || network.equals(counted)) {
        return true;
      }
      uncount();
      counted = network;
      if (perAddress.merge(network, 1, Integer::sum) > config.maxConnectionsPerAddress()) {
        uncount();
      }
      return counted != null;
    }

    private void uncount() {
      Network network = counted;
      counted = null;
      if (network != null) {
        perAddress.merge(network, -1, (count, less) -> count == 1 ? null : count + less);
      }
    }
  }

  private static Problem later(ProblemCode code, String detail) {
    int seconds = 1 + ThreadLocalRandom.current().nextInt(MAX_RETRY_AFTER);
    return Problem.of(code, detail).withHeader("Retry-After", Integer.toString(seconds));
  }
}
