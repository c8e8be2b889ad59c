package io.pushgate.gateway.testing;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.pushgate.gateway.broker.Publication;
import io.pushgate.gateway.broker.Start;
import io.pushgate.gateway.config.TransportConfig;
import io.pushgate.gateway.config.TransportKind;
import io.pushgate.gateway.hub.Hub;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.routing.NodeRouter;
import io.pushgate.gateway.session.Ending;
import io.pushgate.gateway.session.Lease;
import io.pushgate.gateway.session.SessionLoop;
import io.pushgate.gateway.session.SessionRequest;
import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.gateway.transport.Transport;
import io.pushgate.protocol.UserId;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The inside of a gateway on real event loops, with wires in the hands of the test. */
public final class TestNode implements AutoCloseable {
  private static final int SWEEP_MILLIS = 10;
  private static final int QUIET_ROUNDS = 3;

  private final BrokerRun broker;
  private final Transport transport;
  private final NodeRouter router;
  private final Hub hub;
  private final Metrics metrics = new Metrics();
  private final List<SessionLoop> loops;
  private final List<FakeWire> wires = new CopyOnWriteArrayList<>();
  private final long buffersBefore = activeBuffers();

  public TestNode(TestBroker kind, NodeSettings settings) {
    broker = kind.start(settings.broker());
    transport = Transport.start(new TransportConfig(TransportKind.NIO, settings.loops()), () -> {});
    router = new NodeRouter(broker.broker());
    loops =
        transport.loops().stream()
            .map(
                loop ->
                    new SessionLoop(
                        loop, router, broker.broker().cursors(), settings.session(), metrics))
            .toList();
    hub = new Hub(loops, settings.maxSessions());
    router.serve(hub, loops);
    hub.sweepEvery(SWEEP_MILLIS);
  }

  public BrokerRun broker() {
    return broker;
  }

  public NodeRouter router() {
    return router;
  }

  public Hub hub() {
    return hub;
  }

  public String scrape() {
    return metrics.scrape();
  }

  /** One of the loops, which are counted round and round. */
  public EventLoop loop(int index) {
    return loops.get(index % loops.size()).loop();
  }

  public int loops() {
    return loops.size();
  }

  /** Attaches a session, greeted or not, on the first loop. */
  public TestSession attach(String user, String after, int window, Format format) {
    return attach(new FakeWire(loop(0)), user, after, window, format);
  }

  public TestSession attach(FakeWire wire, String user, String after, int window, Format format) {
    return attach(wire, user, after, window, format, Ending.UNHEARD);
  }

  public TestSession attach(
      FakeWire wire, String user, String after, int window, Format format, Ending ending) {
    SessionRequest request =
        new SessionRequest(
            UserId.of(user),
            Start.parse(after),
            window,
            format,
            InetAddress.getLoopbackAddress(),
            ending,
            Lease.ENDLESS);
    wires.add(wire);
    if (wire.loop().inEventLoop()) {
      router.attach(wire, request);
    } else {
      wire.loop().execute(() -> router.attach(wire, request));
    }
    return new TestSession(wire, format, user);
  }

  public CompletableFuture<PushAnswer> publish(TestPush push) {
    return publishAll(Stream.of(push)).get(0);
  }

  /** Publishes them as one batch. */
  public List<CompletableFuture<PushAnswer>> publishAll(Stream<TestPush> pushes) {
    List<CompletableFuture<PushAnswer>> answers = new ArrayList<>();
    List<Publication> batch = new ArrayList<>();
    long now = broker.clock().getAsLong();
    pushes.forEach(
        push -> {
          CompletableFuture<PushAnswer> answer = new CompletableFuture<>();
          answers.add(answer);
          batch.add(new Publication(push.request(), now, null, PushAnswer.to(answer::complete)));
        });
    router.publish(batch);
    return answers;
  }

  public PushAnswer push(TestPush push) {
    return Waiting.get(publish(push));
  }

  public void pushAll(Stream<TestPush> pushes) {
    publishAll(pushes).forEach(Waiting::get);
  }

  /** Waits until neither broker nor loops have anything left to do. */
  public void settle() {
    int quiet = 0;
    while (quiet < QUIET_ROUNDS) {
      long given = broker.given().getAsLong();
      broker.settle();
      loops.forEach(shared -> shared.loop().submit(() -> {}).syncUninterruptibly());
      quiet = broker.given().getAsLong() == given ? quiet + 1 : 0;
    }
  }

  /** Ends the loops, and fails where a buffer was not given back. */
  @Override
  public void close() {
    wires.forEach(FakeWire::cut);
    settle();
    transport.stop();
    broker.close();
    hub.release();
    metrics.close();
    Waiting.until(
        () -> activeBuffers() - buffersBefore + " buffers are not given back",
        () -> activeBuffers() <= buffersBefore);
  }

  private static long activeBuffers() {
    return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
        .mapToLong(PoolArenaMetric::numActiveAllocations)
        .sum();
  }
}
