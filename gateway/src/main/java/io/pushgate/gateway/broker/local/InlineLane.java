package io.pushgate.gateway.broker.local;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time in the order of their arrival, on whichever caller finds the lane idle:
 * who comes while it is busy leaves the task to the one inside and goes on. So nobody waits, and a
 * push mostly costs no change of thread. <em>Any thread.</em>
 */
public final class InlineLane implements Lane {
  private static final Logger log = LoggerFactory.getLogger(InlineLane.class);

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private Runnable commit = () -> {};

  @Override
  public void endTurnsWith(Runnable endOfTurn) {
    commit = endOfTurn;
  }

  @Override
  public void execute(Runnable task) {
    // Counted first: a task that is linked but not counted could be run in the place of a later
    // one, which a caller that then finds the lane idle would overtake with its next.
    if (waiting.getAndIncrement() != 0) {
      tasks.add(task);
      return;
    }
    run(task);
    if (waiting.decrementAndGet() != 0) {
      drain();
    }
  }

  private void drain() {
    do {
      Runnable task = tasks.poll();
      while (task == null) {
        // Counted but not yet linked: its caller is between two instructions.
        Thread.onSpinWait();
        task = tasks.poll();
      }
      run(task);
    } while (waiting.decrementAndGet() != 0);
  }

  private void run(Runnable task) {
    try {
      task.run();
      commit.run();
    } catch (RuntimeException | Error e) {
      log.error("a broker lane's task failed", e);
    }
  }

  /** Whatever was given has been run, or is run by who gave it. */
  @Override
  public void close() {}
}
