package io.pushgate.gateway.supervision;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a sign of life for each canary that arrives in time: within half of the interval after
 * which the process would be ended. <em>Event loop only</em>, that of the supervision.
 *
 * <p>One is sent each quarter of it, so that one that is lost, as a notification may be on its way
 * to a loop that has too much to do, harms nobody.
 */
final class Watchdog {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  private final EventLoop loop;
  private final long periodNanos;
  private final long patienceNanos;
  private final Canary canary;
  private final Runnable live;
  private final Deque<Flight> underWay = new ArrayDeque<>();
  private boolean stopping;

  /**
   * @param interval after so long without a sign of life the process is ended
   * @param live gives a sign of life
   */
  Watchdog(EventLoop loop, Duration interval, Canary canary, Runnable live) {
    this.loop = loop;
    this.periodNanos = interval.toNanos() / 4;
    this.patienceNanos = interval.toNanos() / 2;
    this.canary = canary;
    this.live = live;
  }

  void start() {
    loop.scheduleWithFixedDelay(this::round, 0, periodNanos, TimeUnit.NANOSECONDS);
  }

  /** From now on a drain closes what a canary needs, and has a deadline of its own. */
  void stopping() {
    stopping = true;
    underWay.clear();
    live.run();
  }

  private void round() {
    assert loop.inEventLoop();
    if (stopping) {
      live.run();
      return;
    }
    long now = System.nanoTime();
    for (Flight flight = underWay.peek();
        flight != null && now - flight.launchedNanos() > patienceNanos;
        flight = underWay.peek()) {
      underWay.remove();
      if (canary.mayBeDropped(flight)) {
        live.run(); // Too much to do is no reason to end it all.
      } else {
        lost(flight);
      }
    }
    underWay.add(canary.launch(now, flight -> loop.execute(() -> arrived(flight))));
  }

  private void arrived(Flight flight) {
    if (underWay.remove(flight)) {
      canary.meters().arrived(flight.isJournalled());
      live.run();
    }
  }

  private void lost(Flight flight) {
    Flight.Missing missing = flight.missing();
    canary.meters().lost(missing.station());
    log.error(
        "the watchdog's notification has not come through in {} ms, so systemd gets no sign of life"
            + " for it: {}",
        TimeUnit.NANOSECONDS.toMillis(patienceNanos),
        missing.where());
  }
}
