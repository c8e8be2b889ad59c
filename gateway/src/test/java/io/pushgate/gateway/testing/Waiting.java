package io.pushgate.gateway.testing;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for what other threads do, never longer than a deadline that a slow machine keeps. */
public final class Waiting {
  private static final long DEADLINE_SECONDS = 60;

  /** It looks again after an eighth of what it has waited, within these bounds. */
  private static final long OFTEN_NANOS = 200_000;

  private static final long SELDOM_NANOS = 20_000_000;

  private Waiting() {}

  /** Fails where the condition, described by its end, does not come true in time. */
  public static void until(String expected, BooleanSupplier condition) {
    until(() -> "in vain: " + expected, condition);
  }

  /** The same with a description of how things stood in the end. */
  public static void until(Supplier<String> failure, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      long waited = System.nanoTime() - start;
      if (waited > TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS)) {
        throw new AssertionError("waited " + DEADLINE_SECONDS + " s: " + failure.get());
      }
      LockSupport.parkNanos(Math.max(OFTEN_NANOS, Math.min(waited / 8, SELDOM_NANOS)));
    }
  }

  /** What the stage answers; a failed one fails the test. */
  public static <T extends @Nullable Object> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }
}
