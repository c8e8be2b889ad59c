package io.pushgate.gateway.client;

import io.pushgate.gateway.client.witness.Hop;
import io.pushgate.gateway.config.AdmissionConfig;
import io.pushgate.gateway.config.PublicConfig;
import io.pushgate.gateway.config.TrustedProxies;
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
 * Counts connections, in all, for each address, and those whose first request is not answered yet.
 * Those past {@code --max-connections} are still let in so far that they can be told why they are
 * refused, up to an eighth and at most {@value #MAX_TOLD} more; from there on they are closed
 * unheard. The same holds for those past {@code --max-connections-per-address}, of all addresses
 * together. Any thread.
 */
final class Admission {
  /** Clients come back spread over so many seconds. */
  private static final int MAX_RETRY_AFTER = 10;

  /** The descriptors of those that are told are kept free by the default of the limit. */
  private static final int MAX_TOLD = 256;

  private final AdmissionConfig limits;
  private final TrustedProxies trusted;
  private final Metrics metrics;
  private final HandshakePace pace;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger handshakes = new AtomicInteger();

  /** Connections of addresses that have enough, before they are told so. */
  private final AtomicInteger surplus = new AtomicInteger();

  private final ConcurrentMap<Network, Integer> perAddress = new ConcurrentHashMap<>();
  private volatile boolean draining;
  private volatile boolean overloaded;

  Admission(PublicConfig config, Metrics metrics) {
    this.limits = config.admission();
    this.trusted = config.trustedProxies();
    this.metrics = metrics;
    this.pace = new HandshakePace(limits.handshakeRate(), System::nanoTime);
    metrics.memory().watchTable("addresses", perAddress::size);
  }

  /** From now on every request is refused, since this process goes away. */
  void drain() {
    draining = true;
  }

  /** No session is opened while buffers take too much. */
  void overloaded(boolean now) {
    overloaded = now;
  }

  /** Counts a connection in; empty where it is to be closed unheard. */
  Optional<Ticket> enter(InetAddress peer) {
    int count = connections.incrementAndGet();
    int limit = limits.maxConnections();
    if (count > limit + told()) {
      connections.decrementAndGet();
      metrics.limitHit("max-connections");
      return Optional.empty();
    }
    metrics.connectionAccepted(Port.PUBLIC);
    boolean crowded = handshakes.incrementAndGet() > limits.maxHandshakes();
    Ticket ticket = new Ticket(count > limit, crowded);
    if (!ticket.countPeer(peer)) {
      ticket.leave();
      metrics.limitHit("max-connections-per-address");
      return Optional.empty();
    }
    return Optional.of(ticket);
  }

  /** How many past a limit are let in so far that they can be told. */
  private int told() {
    return Math.min(MAX_TOLD, limits.maxConnections() / 8 + 1);
  }

  /** One connection's place. Event loop only. */
  final class Ticket {
    private boolean late;
    private boolean crowded;
    private boolean answered;
    private boolean left;
    private boolean tooMany;
    private @Nullable Network counted;

    private Ticket(boolean late, boolean crowded) {
      this.late = late;
      this.crowded = crowded;
    }

    /**
     * Counts a silent connection with its peer. One that comes from a proxy is counted with its
     * client once a request tells who that is. Answers whether it may be heard.
     */
    private boolean countPeer(InetAddress peer) {
      if (trusted.contains(peer) || count(Network.of(peer))) {
        return true;
      }
      tooMany = true;
      return surplus.incrementAndGet() <= told();
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
      late = late && connections.get() > limits.maxConnections();
      if (late) {
        metrics.limitHit("max-connections");
        return Optional.of(later(ProblemCode.OVERLOADED, "no connection is left"));
      }
      return request.opensSession() && !request.isPreflight() ? crowd(request) : Optional.empty();
    }

    /** What keeps out those alone who want a session, while there are too many of them. */
    private Optional<Problem> crowd(PublicRequest request) {
      if (overloaded) {
        return Optional.of(later(ProblemCode.OVERLOADED, "the gateway holds too much unsent"));
      }
      crowded = crowded && handshakes.get() > limits.maxHandshakes();
      if (crowded) {
        metrics.limitHit("max-handshakes");
        return Optional.of(later(ProblemCode.OVERLOADED, "too many handshakes are under way"));
      }
      // A page that only asks what became of its handshake takes nobody's place.
      boolean asks = request.leadsTo(Endpoint.WEBSOCKET) && !Hop.isHandshake(request.headers());
      if (asks ? pace.isSpent() : !pace.pass()) {
        metrics.limitHit("handshake-rate");
        return Optional.of(
            later(
                ProblemCode.RATE_LIMITED,
                "too many handshakes in this second",
                pace.retryAfterSeconds()));
      }
      return Optional.empty();
    }

    /** Its first request is answered, so its handshake is no longer under way. */
    void answered() {
      if (!answered) {
        answered = true;
        handshakes.decrementAndGet();
      }
    }

    /** The connection ended; a channel and the wire that took its socket may both say so. */
    void leave() {
      if (!left) {
        left = true;
        answered();
        connections.decrementAndGet();
        metrics.connectionClosed(Port.PUBLIC);
        uncount();
        noSurplus();
      }
    }

    /** A proxy's connection may carry one client's request after another's. */
    private boolean count(Network network) {
      if (limits.maxConnectionsPerAddress() == 0 || network.equals(counted)) {
        return true;
      }
      uncount();
      counted = network;
      if (perAddress.merge(network, 1, Integer::sum) > limits.maxConnectionsPerAddress()) {
        uncount();
        return false;
      }
      noSurplus();
      return true;
    }

    private void noSurplus() {
      if (tooMany) {
        tooMany = false;
        surplus.decrementAndGet();
      }
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
    return later(code, detail, 1 + ThreadLocalRandom.current().nextInt(MAX_RETRY_AFTER));
  }

  private static Problem later(ProblemCode code, String detail, int seconds) {
    return Problem.of(code, detail).withHeader("Retry-After", Integer.toString(seconds));
  }
}
