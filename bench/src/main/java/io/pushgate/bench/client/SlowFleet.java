package io.pushgate.bench.client;

import io.pushgate.bench.ledger.UserNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sessions that read at a rate, or nothing, on a thread of their own. Any thread but that one; what
 * is asked is answered under its lock.
 */
public final class SlowFleet implements AutoCloseable {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int CHUNK = 64 << 10;
  private static final int OPENING_AT_ONCE = 64;

  private final Plan plan;
  private final Handshake handshake;
  private final List<SlowSession> sessions = new ArrayList<>();
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
  private final Thread thread = new Thread(this::run, "slow-sessions");
  private boolean throttled = true;
  private boolean closed;

  /**
   * How many there are and how slow they are. Immutable.
   *
   * @param mute how many of them read nothing once they were welcomed
   * @param bytesPerSecond what each of the others reads
   * @param run distinguishes the pushes of this run from all others
   */
  public record Plan(
      Target target,
      UserNames names,
      int sessions,
      int mute,
      int bytesPerSecond,
      int run,
      int payloadBytes) {}

  public SlowFleet(Plan plan) {
    this.plan = plan;
    handshake = new Handshake(plan.target());
    thread.setDaemon(true);
  }

  /** Opens all of them; returns when each was welcomed. */
  public void open(long patienceNanos) throws IOException, InterruptedException {
    thread.start();
    long deadline = System.nanoTime() + patienceNanos;
    int welcomed = 0;
    while (welcomed < plan.sessions()) {
      welcomed = openSome();
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "%,d of %,d slow sessions were welcomed: %s"
                .formatted(welcomed, plan.sessions(), firstEnd()));
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private synchronized int openSome() throws IOException {
    int welcomed = (int) sessions.stream().filter(SlowSession::isWelcomed).count();
    while (sessions.size() < plan.sessions() && sessions.size() - welcomed < OPENING_AT_ONCE) {
      sessions.add(new SlowSession(plan, handshake, sessions.size()));
    }
    return welcomed;
  }

  private void run() {
    long nextTick = System.nanoTime();
    while (turn()) {
      nextTick = Math.max(nextTick + TICK_NANOS, System.nanoTime() - TICK_NANOS);
      try {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, nextTick - System.nanoTime()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private synchronized boolean turn() {
    int most = (int) (plan.bytesPerSecond() * TICK_NANOS / TimeUnit.SECONDS.toNanos(1));
    for (int i = 0; i < sessions.size() && !closed; i++) {
      SlowSession session = sessions.get(i);
      if (session.isOpen() && !(throttled && i < plan.mute() && session.isWelcomed())) {
        boolean slow = throttled && session.isWelcomed();
        session.turn(chunk, slow ? most : CHUNK);
      }
    }
    return !closed;
  }

  /** All read as fast as they can from now on. */
  public synchronized void hurry() {
    throttled = false;
  }

  /** Whether everything up to this count has come to all that live. */
  public synchronized boolean isComplete(int sent) {
    return sessions.stream().allMatch(session -> !session.isOpen() || session.isComplete(sent));
  }

  /** Those that read nothing, or the others. */
  public synchronized SlowTally tally(int sent, boolean mute) {
    SlowTally sum = SlowTally.NOTHING;
    for (int i = 0; i < sessions.size(); i++) {
      if (i < plan.mute() == mute) {
        sum = sum.plus(sessions.get(i).tally(sent));
      }
    }
    return sum;
  }

  /** Why the first one ended; empty while all live. */
  public synchronized String firstEnd() {
    return sessions.stream()
        .filter(session -> !session.isOpen())
        .map(SlowSession::end)
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      sessions.forEach(session -> session.end("closed"));
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
