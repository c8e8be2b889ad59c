package io.pushgate.gateway;

import io.netty.util.NetUtil;
import io.pushgate.gateway.admin.AdminPort;
import io.pushgate.gateway.admin.Health;
import io.pushgate.gateway.admin.HubSessions;
import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.client.Access;
import io.pushgate.gateway.client.PublicPort;
import io.pushgate.gateway.client.StaticFiles;
import io.pushgate.gateway.command.Service;
import io.pushgate.gateway.command.StartException;
import io.pushgate.gateway.config.AdmissionConfig;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.gateway.ingress.IngressInitializer;
import io.pushgate.gateway.ingress.IngressRoom;
import io.pushgate.gateway.supervision.Supervision;
import io.pushgate.gateway.transport.Listener;
import io.pushgate.gateway.transport.Recurring;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway, wired by hand: the node, its three ports, and how they stop. <em>Any thread</em> but
 * an event loop, since starting and stopping wait.
 */
public final class Gateway implements Service {
  private static final long SWEEP_MILLIS = 1_000;

  /** For the last ones to take their last words. */
  private static final long GRACE_MILLIS = 1_000;

  /** What the loops and the store may take to end, behind the drain. */
  private static final Duration STOP = Duration.ofSeconds(15);

  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  private final Node node;
  private final Supervision supervision;
  private final List<Listener> listeners = new ArrayList<>();
  private final IngressInitializer ingress;
  private final PublicPort publicPort;
  private final AdminPort admin;
  private final ListenConfig bound;
  private final long drainMillis;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch drained = new CountDownLatch(1);
  private final CountDownLatch shutDown = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean stoppedWell;
  private volatile Health.State state = Health.State.STARTING;

  /**
   * Starts a gateway and returns when all its ports are bound.
   *
   * @throws StartException names what is in the way: a port in use, a transport that this machine
   *     does not have
   */
  public static Gateway start(GatewayConfig config) throws StartException {
    return start(config, Supervision.NONE);
  }

  /** The same under somebody who is told how it stands. */
  public static Gateway start(GatewayConfig config, Supervision supervision) throws StartException {
    return start(config, Brokers.open(config.broker()), supervision);
  }

  /** The same over a broker that is there, and is closed with the gateway. */
  public static Gateway start(GatewayConfig config, Broker broker) throws StartException {
    return start(config, broker, Supervision.NONE);
  }

  static Gateway start(GatewayConfig config, Broker broker, Supervision supervision)
      throws StartException {
    Node node;
    try {
      node = new Node(config, broker);
    } catch (UnsupportedOperationException e) {
      broker.close();
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | Error e) {
      broker.close(); // Else its threads would keep a process alive that serves nothing.
      throw e;
    }
    try {
      return new Gateway(config, node, supervision);
    } catch (StartException | RuntimeException e) {
      node.close();
      throw e;
    }
  }

  /** Serves nobody before all ports are bound: what is acked by one that does not start is lost. */
  private Gateway(GatewayConfig config, Node node, Supervision supervision) throws StartException {
    this.node = node;
    this.supervision = supervision;
    this.drainMillis = config.session().drain().toMillis();
    ListenConfig listen = config.listen();
    AdmissionConfig limits = config.publicPort().admission();
    IngressRoom room = new IngressRoom(limits.maxPublishers(), limits.maxInFlight());
    node.metrics.memory().watchInFlight(room::bytes);
    ingress =
        new IngressInitializer(node.router, config.ingress(), node.ingressTls, node.metrics, room);
    InetSocketAddress ingressAt =
        bind("ingress", listen.ingressAddress(), at -> node.transport.listen(at, ingress));
    publicPort =
        new PublicPort(
            new Access(config.publicPort(), node.tokenKeys),
            node.transport,
            node.router,
            node.metrics,
            new StaticFiles(NetUtil.toSocketAddressString(ingressAt)),
            newName());
    admin =
        new AdminPort(
            config.admin(),
            node.metrics,
            new Condition(),
            new HubSessions(node.hub),
            new RefusedLately(publicPort),
            node.router);
    InetSocketAddress adminAt =
        bind("admin", listen.adminAddress(), at -> node.transport.listen(at, admin.pipeline()));
    InetSocketAddress publicAt =
        bind(
            "public",
            listen.publicAddress(),
            at -> node.transport.listenForSessions(at, publicPort.pipeline()));
    Recurring.every(
        node.transport.loops().get(0), SWEEP_MILLIS, "the public port's sweep", publicPort::sweep);
    new Overload(limits.maxBuffered(), node, publicPort, ingress.connections()).watch();
    bound = ListenConfig.bound(publicAt, ingressAt, adminAt);
    state = Health.State.READY;
    listeners.forEach(Listener::accept);
    supervision.ready(node::canary, this::status);
  }

  /** How one port is bound. */
  private interface Binding {
    Listener at(InetSocketAddress address) throws IOException;
  }

  private InetSocketAddress bind(String name, InetSocketAddress address, Binding binding)
      throws StartException {
    try {
      Listener listener = binding.at(address);
      listeners.add(listener);
      return listener.address();
    } catch (IOException e) {
      String where = name + " port " + NetUtil.toSocketAddressString(address);
      String reason = e instanceof BindException ? "is in use or not of this machine" : "failed";
      throw new StartException(where + " " + reason + ": " + e.getMessage(), e);
    }
  }

  /** Names this process to clients and proxies: short, and another one at each start. */
  private static String newName() {
    return String.format(Locale.ROOT, "%08x", ThreadLocalRandom.current().nextInt());
  }

  /** What the operators are told of this gateway. */
  private final class Condition implements Health {

    @Override
    public Health.State state() {
      boolean full = state == Health.State.READY && node.broker.trouble() != null;
      return full ? Health.State.UNAVAILABLE : state;
    }

    @Override
    public String trouble() {
      String trouble = node.broker.trouble();
      return trouble == null ? "" : trouble;
    }

    @Override
    public void drain() {
      if (stopping.get()) {
        return; // Each that waited for the end would be a thread.
      }
      log.info("draining, as an operator asked");
      new Thread(Gateway.this::closeOrTell, "drain").start();
    }
  }

  private String status() {
    String trouble = node.broker.trouble();
    return "%d sessions of %d users%s"
        .formatted(
            node.hub.sessions(),
            node.hub.onlineUsers(),
            trouble == null ? "" : "; the journals take nothing: " + trouble);
  }

  @Override
  public ListenConfig bound() {
    return bound;
  }

  /**
   * Not ready; no new sessions; publishers get the answers they are owed and a goaway, within half
   * of the time; sessions are told to come back and are closed, each at its own time within the
   * rest; then everything goes, drained or not.
   */
  @Override
  public void close() {
    if (stopping.compareAndSet(false, true)) {
      supervision.stopping(STOP.plusMillis(drainMillis));
      try {
        stop();
        stoppedWell = true;
      } finally {
        supervision.close();
        stopped.countDown();
      }
    } else {
      await(stopped, Long.MAX_VALUE);
    }
  }

  private void stop() {
    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(drainMillis);
    state = Health.State.DRAINING;
    publicPort.drain();
    ingress
        .connections()
        .drain()
        .thenApply(Function.identity())
        .toCompletableFuture()
        .completeOnTimeout(null, Math.max(drainMillis / 2, GRACE_MILLIS), TimeUnit.MILLISECONDS)
        .thenCompose(answered -> node.hub.drain(millisUntil(endNanos)))
        .whenComplete((gone, failure) -> drained.countDown());
    // One grace for publishers, one for sessions: a drain of no time at all tells both.
    await(drained, drainMillis + 2 * GRACE_MILLIS);
    listeners.forEach(Listener::close);
    ingress.connections().closeNow();
    node.hub.shutDown().whenComplete((told, failure) -> shutDown.countDown());
    await(shutDown, GRACE_MILLIS); // Loops that end close what they have before they do as told.
    node.close();
    admin.close();
  }

  private static long millisUntil(long nanos) {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime()));
  }

  /** A failure must not go unseen; the process ends all the same. */
  private void closeOrTell() {
    try {
      close();
    } catch (RuntimeException | Error failed) {
      log.error("stopping failed; ending the process all the same", failed);
    }
  }

  @Override
  public void cutShort() {
    drained.countDown();
  }

  @Override
  public boolean awaitTermination() throws InterruptedException {
    stopped.await();
    return stoppedWell;
  }

  private static void await(CountDownLatch latch, long millis) {
    try {
      latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Whoever interrupts wants it to go faster.
    }
  }
}
