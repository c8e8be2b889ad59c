package io.pushgate.bench.server;

import io.pushgate.bench.measure.ServerProcess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a gateway's memory once a second while something else is measured. Its own thread reads;
 * any thread may ask.
 */
public final class MemoryWatch implements AutoCloseable {
  private final @Nullable ServerProcess process;
  private final @Nullable HeapMetric heap;
  private final Thread thread = new Thread(this::run, "memory-watch");
  private long mostResident;
  private long leastHeap = Long.MAX_VALUE;
  private long mostHeap;
  private String failure = "";

  /**
   * What was read. Immutable; zero where nothing was known.
   *
   * @param leastHeap the used heap with the least garbage
   * @param failure why a reading failed, or empty
   */
  public record Reading(long mostResident, long leastHeap, long mostHeap, String failure) {}

  public MemoryWatch(@Nullable ServerProcess process, @Nullable HeapMetric heap) {
    this.process = process;
    this.heap = heap;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        read();
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (IOException e) {
      synchronized (this) {
        failure = String.valueOf(e.getMessage());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() throws IOException, InterruptedException {
    long resident = process == null ? 0 : process.residentBytes();
    long used = heap == null ? 0 : heap.usedBytes();
    synchronized (this) {
      mostResident = Math.max(mostResident, resident);
      leastHeap = Math.min(leastHeap, used);
      mostHeap = Math.max(mostHeap, used);
    }
  }

  public synchronized Reading reading() {
    return new Reading(
        mostResident, leastHeap == Long.MAX_VALUE ? 0 : leastHeap, mostHeap, failure);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
