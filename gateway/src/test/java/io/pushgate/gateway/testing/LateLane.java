package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.local.Lane;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A lane on a thread of its own, as late as its random numbers say, which commits after as many
 * tasks as they say. Any thread.
 */
public final class LateLane implements Lane {
  private static final int LATE_ONE_IN = 4;
  private static final int MAX_DELAY_NANOS = 1_000_000;
  private static final int MAX_TURN = 8;

  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicLong given = new AtomicLong();
  private final Random random;
  private final Thread thread = new Thread(this::work, "late-lane");
  private Runnable commit = () -> {};

  /** A run with the same seed is late at the same tasks. */
  public LateLane(long seed) {
    random = new Random(seed);
    thread.setDaemon(true);
  }

  @Override
  public void endTurnsWith(Runnable endOfTurn) {
    commit = endOfTurn;
    thread.start();
  }

  @Override
  public void execute(Runnable task) {
    underWay.incrementAndGet();
    given.incrementAndGet();
    tasks.add(task);
  }

  private void work() {
    try {
      while (!Thread.interrupted()) {
        Runnable task = tasks.take();
        int turn = 1 + random.nextInt(MAX_TURN);
        int done = 0;
        while (task != null) {
          if (random.nextInt(LATE_ONE_IN) == 0) {
            LockSupport.parkNanos(random.nextInt(MAX_DELAY_NANOS));
          }
          task.run();
          done++;
          task = done < turn ? tasks.poll() : null;
        }
        commit.run();
        underWay.addAndGet(-done);
      }
    } catch (InterruptedException e) {
      return; // As its process would: whatever waits is not done.
    }
  }

  /** Nothing is under way. */
  public boolean idle() {
    return underWay.get() == 0;
  }

  /** How many tasks it was given so far. */
  public long given() {
    return given.get();
  }

  /** Ends it with whatever waits undone. */
  public void kill() {
    thread.interrupt();
    Waiting.until("the lane has ended", () -> !thread.isAlive());
  }

  @Override
  public void close() {
    if (thread.isAlive()) {
      Waiting.until("the lane is idle", this::idle);
      kill();
    }
  }
}
