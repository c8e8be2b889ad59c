package io.pushgate.bench.soak;

import io.pushgate.bench.fault.Crowd;
import io.pushgate.bench.fault.Repertoire;
import io.pushgate.bench.server.GatewayProcess;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Crowds that come and go, each with a conduct at random. Its own thread; any thread may end it.
 */
final class Chaos implements AutoCloseable {
  private static final int MOST_CROWDS = 8;
  private static final int MOST_STRANGERS = 12;
  private static final int LONGEST_PAUSE_MILLIS = 1_500;

  private final GatewayProcess.Ports ports;
  private final SplittableRandom random;
  private final Repertoire repertoire;
  private final Deque<Crowd> crowds = new ArrayDeque<>();
  private final Thread thread = new Thread(this::run, "chaos");

  Chaos(GatewayProcess.Ports ports, long seed) {
    this.ports = ports;
    random = new SplittableRandom(seed);
    repertoire = new Repertoire(random.split());
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        crowds.add(new Crowd(repertoire.next(), random.nextInt(1, MOST_STRANGERS), ports));
        if (crowds.size() > MOST_CROWDS) {
          crowds.remove().close();
        }
      }
    } catch (InterruptedException e) {
      crowds.forEach(Crowd::close);
      Thread.currentThread().interrupt();
    }
  }

  /** All go. */
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
