package io.pushgate.bench.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import io.pushgate.bench.ledger.UserNames;
import io.pushgate.bench.ledger.Window;
import io.pushgate.bench.measure.Latency;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An event loop with the sessions on it and what they share: buffers, counts, histograms. Event
 * loop only, but for {@link #ask}.
 */
final class SessionLoop {
  private static final int OUTBOUND = 4 << 10;

  private final IoEventLoop loop;
  private final Handshake handshake;
  private final UserNames names;
  private final Deliveries deliveries;
  private final ByteBuf inbound;
  private final ByteBuf outbound;
  private final List<Session> sessions = new ArrayList<>();
  private Latency handshakes = new Latency();
  private Latency welcomes = new Latency();
  private @Nullable Opening opening;
  private @Nullable Consumer<int[]> slotTaker;
  private String firstEnd = "";
  private boolean handingOver;
  private int live;
  private int ended;
  private long bytes;
  private long strayed;

  SessionLoop(
      IoEventLoop loop,
      Handshake handshake,
      UserNames names,
      Deliveries deliveries,
      int readBuffer) {
    this.loop = loop;
    this.handshake = handshake;
    this.names = names;
    this.deliveries = deliveries;
    // Lives as long as the process: no leak to look for, and no wrapper that would do so per byte.
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
    inbound = allocator.directBuffer(readBuffer, readBuffer);
    outbound = allocator.directBuffer(OUTBOUND, OUTBOUND);
  }

  boolean inEventLoop() {
    return loop.inEventLoop();
  }

  /** Runs something on the loop; any thread. */
  <T> Future<T> ask(Callable<T> question) {
    return loop.submit(question);
  }

  IoEventLoop eventLoop() {
    return loop;
  }

  Handshake handshake() {
    return handshake;
  }

  Deliveries deliveries() {
    return deliveries;
  }

  ByteBuf inbound() {
    return inbound;
  }

  ByteBuf outbound() {
    return outbound;
  }

  byte[] request(int user) {
    return handshake.request(names.of(user).value());
  }

  List<Session> sessions() {
    return sessions;
  }

  /** On its own loop a registration is made at once. */
  IoRegistration register(Session session) throws IOException {
    Future<IoRegistration> registration = loop.register(session);
    if (!registration.isSuccess()) {
      throw new IOException("the event loop did not take the socket", registration.cause());
    }
    return registration.getNow();
  }

  /** Starts opening sessions, with latencies of its own. */
  void open(Opening next) {
    opening = next;
    handshakes = new Latency();
    welcomes = new Latency();
    next.more();
  }

  /** Slots that came free in one turn of the loop are handed over together. */
  void use(Window window, Consumer<int[]> taker) {
    deliveries.use(window);
    slotTaker = taker;
  }

  void received(int count) {
    bytes += count;
    deliveries.readAt(System.nanoTime());
  }

  /** Called behind each read: the task runs when all sockets that are ready have been read. */
  void readDone() {
    Consumer<int[]> taker = slotTaker;
    if (!handingOver && deliveries.hasFreed() && taker != null) {
      handingOver = true;
      loop.execute(
          () -> {
            handingOver = false;
            deliveries.handFreed(taker);
          });
    }
  }

  void shaken(long startNanos) {
    handshakes.record(System.nanoTime() - startNanos);
  }

  void welcomed(long startNanos) {
    live++;
    welcomes.record(System.nanoTime() - startNanos);
    if (opening != null) {
      opening.welcomed();
    }
  }

  void strayed() {
    strayed++;
  }

  void ended(SessionState before, String reason) {
    switch (before) {
      case CONNECTING, SHAKING, WELCOMING -> {
        if (opening != null) {
          opening.failed(reason);
        }
      }
      case LIVE -> {
        live--;
        ended++;
        firstEnd = firstEnd.isEmpty() ? reason : firstEnd;
      }
      case CLOSING -> live--;
      case ENDED -> throw new IllegalStateException("a session ended twice");
    }
  }

  Latency handshakes() {
    return handshakes.copy();
  }

  Latency welcomes() {
    return welcomes.copy();
  }

  /** Why the first live session ended; empty while none has. */
  String firstEnd() {
    return firstEnd;
  }

  Tally tally() {
    return deliveries.tally().plus(new Tally(live, 0, bytes, 0, 0, 0, strayed, ended));
  }

  /** Once the loop has ended. */
  void release() {
    inbound.release();
    outbound.release();
  }
}
