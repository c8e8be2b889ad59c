package io.pushgate.gateway.broker.local;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane with a thread of its own, for a store that lets its writer wait: whatever was given while
 * one turn was written makes the next, so that a commit holds the more the slower commits are.
 * <em>Any thread.</em>
 */
public final class ThreadLane implements Lane {
  private static final Logger log = LoggerFactory.getLogger(ThreadLane.class);

  /** Tasks of one turn at most. */
  private static final int TURN_TASKS = 1_024;

  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Thread thread;
  private Runnable commit = () -> {};
  private boolean open = true;

  public ThreadLane(String name) {
    thread = new Thread(this::work, name);
  }

  @Override
  public void endTurnsWith(Runnable endOfTurn) {
    commit = endOfTurn;
    thread.start();
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  private void work() {
    while (open) {
      try {
        run(tasks.take());
        for (int count = 1; count < TURN_TASKS; count++) {
          Runnable next = tasks.poll();
          if (next == null) {
            break;
          }
          run(next);
        }
      } catch (InterruptedException e) {
        log.warn("the journal's thread was interrupted, and goes on");
      }
      run(commit);
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      log.error("a task of the journal failed", e);
    }
  }

  @Override
  public void close() {
    tasks.add(() -> open = false);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // What was acked is not given up for whoever is in a hurry.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
