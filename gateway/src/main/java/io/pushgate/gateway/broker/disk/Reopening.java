package io.pushgate.gateway.broker.disk;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread that brings a failed store back: it tries until one attempt succeeds, each time after
 * twice as long, and is there only while there is something to try.
 */
final class Reopening implements AutoCloseable {
  private static final long FIRST_MILLIS = 250;
  private static final long LONGEST_MILLIS = 4_000;
  private static final long CLOSE_SECONDS = 30;

  /** One try; true where it succeeded. */
  interface Attempt {
    boolean succeeds();
  }

  private final Attempt attempt;
  private final ScheduledThreadPoolExecutor thread;

  Reopening(Attempt attempt) {
    this.attempt = attempt;
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, "journal-reopening");
              made.setDaemon(true);
              return made;
            });
    thread.setKeepAliveTime(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
    thread.allowCoreThreadTimeOut(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Begins to try, at once. <em>Any thread.</em> */
  void begin() {
    schedule(0);
  }

  private void schedule(long millis) {
    thread.schedule(
        () -> {
          if (!attempt.succeeds()) {
            schedule(Math.min(LONGEST_MILLIS, Math.max(FIRST_MILLIS, 2 * millis)));
          }
        },
        millis,
        TimeUnit.MILLISECONDS);
  }

  /** Waits for an attempt that is under way; none begins any more. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
