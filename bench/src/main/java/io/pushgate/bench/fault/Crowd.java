package io.pushgate.bench.fault;

import io.pushgate.bench.server.GatewayProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connections of one conduct, as many as asked at any time: where one ends, another takes its
 * place. Its own thread drives them; any thread may ask.
 */
public final class Crowd implements AutoCloseable {
  static final long TICK_MILLIS = 200;

  /** So many are opened in a tick at most, which leaves the others a place in the accept queue. */
  private static final int OPENED_PER_TICK = 400;

  /** A look at each of ten thousand costs this client more than they cost the gateway. */
  private static final int VISITED_PER_TICK = 2_500;

  private static final int CHUNK = 64 << 10;

  private final Conduct conduct;
  private final InetSocketAddress address;
  private final List<Stranger> strangers = new ArrayList<>();
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
  private final Thread thread = new Thread(this::run, "crowd");
  private final int count;
  private int next;
  private int named;
  private long ended;
  private long refused;
  private long longestNanos;
  private long soonestNanos = Long.MAX_VALUE;
  private long told;
  private long bytesRead;
  private boolean over;

  /**
   * What became of them. Immutable.
   *
   * @param asked how many there are to be at any time
   * @param connected how many are now, as the kernel says: it needs no gateway for that
   * @param ended how many the gateway ended
   * @param refused how many could not connect
   * @param longestMillis the longest time that one was connected
   * @param soonestMillis the shortest time behind which the gateway ended one; where it ended none,
   *     longer than anything
   * @param told how many read anything
   */
  public record Tally(
      int asked,
      int connected,
      long ended,
      long refused,
      long longestMillis,
      long soonestMillis,
      long told,
      long bytesRead) {

    /** Of nobody. */
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, Long.MAX_VALUE, 0, 0);
  }

  public Crowd(Conduct conduct, int count, GatewayProcess.Ports ports) {
    this(conduct, count, conduct.port() == Conduct.Port.CLIENT ? ports.client() : ports.ingress());
  }

  public Crowd(Conduct conduct, int count, InetSocketAddress address) {
    this.conduct = conduct;
    this.count = count;
    this.address = address;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (turn()) {
        TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean turn() {
    int visits = Math.min(VISITED_PER_TICK, strangers.size());
    for (int i = 0; i < visits && !over; i++) {
      next = (next == 0 ? strangers.size() : next) - 1;
      visit(strangers.get(next));
    }
    for (int opened = 0; !over && strangers.size() < count && opened < OPENED_PER_TICK; opened++) {
      open();
    }
    return !over;
  }

  private void visit(Stranger stranger) {
    boolean toldBefore = stranger.wasTold();
    bytesRead += stranger.turn(chunk);
    told += stranger.wasTold() && !toldBefore ? 1 : 0;
    longestNanos = Math.max(longestNanos, stranger.connectedNanos());
    if (stranger.isOver()) {
      refused += stranger.wasConnected() ? 0 : 1;
      if (stranger.wasConnected() && !stranger.hasLeft()) {
        ended++;
        soonestNanos = Math.min(soonestNanos, stranger.connectedNanos());
      }
      // The last one takes its place: it lies behind, so it was visited before.
      Stranger last = strangers.remove(strangers.size() - 1);
      if (next < strangers.size()) {
        strangers.set(next, last);
      }
    }
  }

  private void open() {
    try {
      strangers.add(new Stranger(conduct, named++ % count, address));
    } catch (IOException e) {
      refused++;
    }
  }

  public synchronized Tally tally() {
    int connected = (int) strangers.stream().filter(Stranger::wasConnected).count();
    return new Tally(
        count,
        connected,
        ended,
        refused,
        TimeUnit.NANOSECONDS.toMillis(longestNanos),
        ended == 0 ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.toMillis(soonestNanos),
        told,
        bytesRead);
  }

  /** All go. */
  @Override
  public void close() {
    synchronized (this) {
      over = true;
      strangers.forEach(Stranger::close);
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
