package io.pushgate.gateway.transport;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that a loop runs again and again, also after one has failed: the loop itself would drop it
 * then, for good and without a word. Any thread.
 */
public final class Recurring {
  private static final Logger log = LoggerFactory.getLogger(Recurring.class);

  private Recurring() {}

  /** Runs a task each so many milliseconds, counted from the end of the last run. */
  public static void every(EventLoop loop, long millis, String name, Runnable task) {
    loop.scheduleWithFixedDelay(() -> run(name, task), millis, millis, TimeUnit.MILLISECONDS);
  }

  private static void run(String name, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      log.error("{} failed, and is tried again", name, e);
    }
  }
}
