package io.pushgate.gateway.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.config.SessionConfig;
import io.pushgate.gateway.metrics.Metrics;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the sessions of one event loop share, so that none needs a buffer, a clock or a timer of its
 * own. <em>Event loop only.</em>
 */
public final class SessionLoop {
  private static final int RUN_BYTES = 128 * 1024;
  private static final int STATE_BYTES = 4 * 1024;

  final EventLoop loop;
  final Backend backend;
  final Cursors cursors;
  final SessionConfig config;
  final Metrics metrics;
  final byte[] everyonePrefix;
  final int heartbeatMillis;
  final StreamFormat webSocket = new WebSocketFormat();
  final StreamFormat sse = new SseFormat(new Run(buffer(RUN_BYTES)));

  /** Holds the page that is being sent. */
  final Run page = new Run(buffer(RUN_BYTES));

  /** Holds the frame that is no notification and is being sent. */
  final ByteBuf state = buffer(STATE_BYTES);

  /** When the sessions were sent what. */
  final DeliveryLog deliveries = new DeliveryLog();

  private final long startNanos = System.nanoTime();
  private final Optional<MaxAge> maxAge;
  private long nowNanos = startNanos;
  private long lastReadMillis;
  private int nowMillis;
  private long wallMillis = System.currentTimeMillis();

  public SessionLoop(
      EventLoop loop, Backend backend, Cursors cursors, SessionConfig config, Metrics metrics) {
    this.loop = loop;
    this.backend = backend;
    this.cursors = cursors;
    this.config = config;
    this.metrics = metrics;
    this.everyonePrefix = cursors.prefix(JournalId.EVERYONE);
    this.heartbeatMillis = (int) config.heartbeat().toMillis();
    this.maxAge = config.maxConnectionAge().map(MaxAge::new);
  }

  /** A direct buffer for this loop's frames. Whoever asks releases it. */
  public static ByteBuf buffer(int bytes) {
    return PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
  }

  public EventLoop loop() {
    return loop;
  }

  /** The cursors of everyone's journal, but for the offset. */
  public byte[] prefixOfEveryone() {
    return everyonePrefix;
  }

  /** When the sessions of this loop were sent what. */
  public DeliveryLog deliveries() {
    return deliveries;
  }

  /** Before a turn in which sessions are sent something: one look at the clock for all of it. */
  public void readClock() {
    deliveries.at(System.currentTimeMillis());
  }

  /** A bound of what is kept for sessions was reached. */
  public void limitHit(String limit) {
    metrics.limitHit(limit);
  }

  /**
   * Moves the sessions' clock on. Between two sweeps it stands, so reading it costs nothing. Where
   * the loop, or the whole machine, stood still, it moves by one heartbeat at most: nobody was
   * silent while nobody listened, and what came meanwhile is yet to be read.
   */
  public void tick() {
    nowNanos = System.nanoTime();
    long readMillis = toMillis(nowNanos - startNanos);
    nowMillis += (int) Math.min(readMillis - lastReadMillis, heartbeatMillis);
    lastReadMillis = readMillis;
    wallMillis = System.currentTimeMillis();
  }

  /** The wall clock as of the last sweep, in ms since the epoch. */
  long wallMillis() {
    return wallMillis;
  }

  /** Milliseconds since the loop began; overflows after 24 days, so only differences count. */
  int nowMillis() {
    return nowMillis;
  }

  /** Whether a session that began then is as old, as of the last sweep, as it may get. */
  boolean isAged(long id, long beganNanos) {
    return maxAge.isPresent() && nowNanos - beganNanos >= maxAge.get().nanosFor(id);
  }

  static long toMillis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  public void release() {
    page.release();
    state.release();
    ((SseFormat) sse).release();
  }
}
