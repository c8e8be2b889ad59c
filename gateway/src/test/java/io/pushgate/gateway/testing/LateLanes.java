package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.memory.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Lanes of a memory broker on threads of their own, each as late as its random numbers say: what
 * one lane was given comes in its order, what different lanes were given in any. Any thread.
 */
public final class LateLanes implements Lanes, AutoCloseable {
  private static final int COUNT = 4;
  private static final int LATE_ONE_IN = 4;
  private static final int MAX_DELAY_NANOS = 1_000_000;

  private final Failures failures;
  private final List<Lane> lanes = new ArrayList<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicLong given = new AtomicLong();

  /** A run with the same seed is late at the same tasks. */
  public LateLanes(long seed, Failures failures) {
    this.failures = failures;
    for (int i = 0; i < COUNT; i++) {
      Lane lane = new Lane(new Random(seed + i));
      lanes.add(lane);
      lane.setDaemon(true);
      lane.start();
    }
  }

  @Override
  public int count() {
    return COUNT;
  }

  @Override
  public Executor lane(int index) {
    return lanes.get(index);
  }

  @Override
  public boolean fails() {
    return failures.next() != Failures.Commit.WRITTEN;
  }

  /** Nothing is under way in any lane. */
  public boolean idle() {
    return underWay.get() == 0;
  }

  /** How many tasks all lanes were given so far. */
  public long given() {
    return given.get();
  }

  @Override
  public void close() {
    lanes.forEach(Thread::interrupt);
  }

  private final class Lane extends Thread implements Executor {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Random random;

    Lane(Random random) {
      super("late-lane");
      this.random = random;
    }

    @Override
    public void execute(Runnable task) {
      underWay.incrementAndGet();
      given.incrementAndGet();
      tasks.add(task);
    }

    @Override
    public void run() {
      while (!isInterrupted()) {
        try {
          Runnable task = tasks.take();
          if (random.nextInt(LATE_ONE_IN) == 0) {
            LockSupport.parkNanos(random.nextInt(MAX_DELAY_NANOS));
          }
          task.run();
          underWay.decrementAndGet();
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }
}
