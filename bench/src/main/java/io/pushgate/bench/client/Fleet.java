package io.pushgate.bench.client;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.pushgate.bench.ledger.UserNames;
import io.pushgate.bench.ledger.Window;
import io.pushgate.bench.measure.Latency;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;

/**
 * All sessions of a run, spread over some event loops. Any thread but those loops; a call waits for
 * their answers.
 */
public final class Fleet implements AutoCloseable {
  private static final long STALL_SECONDS = 10;
  private static final int MIN_READ_BUFFER = 256 << 10;
  private static final long CLOSE_SECONDS = 10;

  private final Target target;
  private final SourceAddresses sources;
  private final MultiThreadIoEventLoopGroup group;
  private final List<SessionLoop> loops = new ArrayList<>();

  /**
   * What every session of a fleet has in common. Immutable.
   *
   * @param run distinguishes the pushes of this run from all others
   * @param loops event loops, one thread each
   * @param sourceAddresses how many of 127.0.0.x are used
   */
  public record Plan(
      Target target, UserNames names, int run, int payloadBytes, int loops, int sourceAddresses) {
    /** The same elsewhere. */
    public Plan at(Target other) {
      return new Plan(other, names, run, payloadBytes, loops, sourceAddresses);
    }
  }

  /**
   * Starts the event loops.
   *
   * @throws IOException where this machine has no epoll
   */
  public Fleet(Plan plan) throws IOException {
    if (!Epoll.isAvailable()) {
      throw new IOException(
          "needs Linux on x86_64 or aarch_64: " + Epoll.unavailabilityCause().getMessage());
    }
    target = plan.target();
    sources = new SourceAddresses(target, plan.sourceAddresses());
    group =
        new MultiThreadIoEventLoopGroup(
            plan.loops(), new DefaultThreadFactory("sessions", true), EpollIoHandler.newFactory());
    Handshake handshake = new Handshake(target);
    int readBuffer = Math.max(MIN_READ_BUFFER, 4 * plan.payloadBytes());
    for (int i = 0; i < plan.loops(); i++) {
      IoEventLoop loop = group.next();
      Deliveries deliveries = new Deliveries(plan.run(), plan.payloadBytes());
      loops.add(new SessionLoop(loop, handshake, plan.names(), deliveries, readBuffer));
    }
  }

  /**
   * Opens sessions more and waits until each is welcomed.
   *
   * @param userOf the user of each of them, by its number from zero
   * @throws IOException with the first failure, or where no session was welcomed for ten seconds
   */
  public void open(int count, IntUnaryOperator userOf, OpenPace pace)
      throws IOException, InterruptedException {
    long base = System.nanoTime();
    List<Promise<Integer>> openings = new ArrayList<>();
    for (int i = 0; i < loops.size(); i++) {
      SessionLoop loop = loops.get(i);
      Promise<Integer> done = loop.eventLoop().newPromise();
      Opening.Share share =
          new Opening.Share(target, sources, pace, base, count, userOf, i, loops.size());
      loop.eventLoop().execute(() -> loop.open(new Opening(loop, share, done)));
      openings.add(done);
    }
    int before = tally().live();
    int wanted = before + count;
    for (Promise<Integer> opening : openings) {
      awaitOpening(opening, wanted);
    }
  }

  private void awaitOpening(Promise<Integer> opening, int wanted)
      throws IOException, InterruptedException {
    int live = -1;
    while (!opening.await(STALL_SECONDS, TimeUnit.SECONDS)) {
      int now = tally().live();
      if (now == live) {
        throw new IOException(
            "%,d of %,d sessions open, and none was welcomed for %d s"
                .formatted(now, wanted, STALL_SECONDS));
      }
      live = now;
    }
    if (!opening.isSuccess()) {
      throw new IOException(
          "%,d of %,d sessions open, then: %s"
              .formatted(tally().live(), wanted, opening.cause().getMessage()),
          opening.cause());
    }
  }

  /** Latencies of deliveries count for pushes meant to go out within this time. */
  public void measure(long fromNanos, long untilNanos) {
    all(loop -> doing(() -> loop.deliveries().measure(fromNanos, untilNanos)));
  }

  /** Deliveries free slots of this window; the taker is called on the event loops. */
  public void use(Window window, Consumer<int[]> taker) {
    all(loop -> doing(() -> loop.use(window, taker)));
  }

  public Tally tally() {
    return fold(Tally.NOTHING, SessionLoop::tally, Tally::plus);
  }

  public Latency deliveryLatency() {
    return latency(loop -> loop.deliveries().latency());
  }

  /** From the start to the end of the answer's head, of the sessions opened last. */
  public Latency handshakeLatency() {
    return latency(SessionLoop::handshakes);
  }

  /** From the start to the welcome, of the sessions opened last. */
  public Latency welcomeLatency() {
    return latency(SessionLoop::welcomes);
  }

  /** Why the first live session ended; empty while all live. */
  public String firstEnd() {
    return fold("", SessionLoop::firstEnd, (one, other) -> one.isEmpty() ? other : one);
  }

  /** Adds the books of all sessions up. */
  public Verdict verdict(Expectation expectation) {
    return fold(Verdict.CLEAN, loop -> Verdict.of(loop.sessions(), expectation), Verdict::plus);
  }

  /**
   * Says goodbye at all sessions and waits for the ends. What the server had sent before its own
   * goodbye is in the books then, also what nobody waited for.
   *
   * @return how many did not end in time
   */
  public int hangUp() throws InterruptedException {
    all(loop -> doing(() -> loop.sessions().forEach(Session::startClosing)));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    ToIntFunction<SessionLoop> closing =
        loop -> (int) loop.sessions().stream().filter(Session::isOpen).count();
    int open = fold(0, closing::applyAsInt, Integer::sum);
    while (open > 0 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(5);
      open = fold(0, closing::applyAsInt, Integer::sum);
    }
    return open;
  }

  /** Hangs up, cuts what did not end, and forgets all sessions with their books. */
  public int closeSessions() throws InterruptedException {
    int open = hangUp();
    cut();
    return open;
  }

  private void cut() {
    all(
        loop ->
            doing(
                () -> {
                  loop.sessions().forEach(session -> session.end("cut"));
                  loop.sessions().clear();
                }));
  }

  /** Closes what is still open, without a handshake, and the event loops. */
  @Override
  public void close() {
    cut();
    group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    loops.forEach(SessionLoop::release);
  }

  private Latency latency(Function<SessionLoop, Latency> of) {
    return fold(
        new Latency(),
        of,
        (sum, next) -> {
          sum.add(next);
          return sum;
        });
  }

  private void all(Function<SessionLoop, Boolean> work) {
    fold(true, work, Boolean::logicalAnd);
  }

  private static boolean doing(Runnable work) {
    work.run();
    return true;
  }

  private <T> T fold(T start, Function<SessionLoop, T> of, BiFunction<T, T, T> plus) {
    List<Future<T>> answers = new ArrayList<>();
    for (SessionLoop loop : loops) {
      answers.add(loop.ask(() -> of.apply(loop)));
    }
    T sum = start;
    for (Future<T> answer : answers) {
      sum = plus.apply(sum, answer.syncUninterruptibly().getNow());
    }
    return sum;
  }
}
