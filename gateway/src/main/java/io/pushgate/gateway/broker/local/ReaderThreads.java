package io.pushgate.gateway.broker.local;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A few threads that may wait for a disk. <em>Any thread.</em> */
public final class ReaderThreads implements Workers {
  private final ExecutorService threads;

  public ReaderThreads(String name, int count) {
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            count, task -> new Thread(task, name + "-" + number.incrementAndGet()));
  }

  /**
   * Runs it on one of the threads.
   *
   * @throws RejectedExecutionException where they are closed
   */
  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  @Override
  public void close() {
    threads.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true; // Whoever reads holds a view, which the store has to outlive.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
