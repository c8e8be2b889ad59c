package io.pushgate.bench.publish;

import io.pushgate.bench.ledger.Window;
import org.jspecify.annotations.Nullable;

/**
 * The two ways to load a server. An open loop shows its latency, a closed one its throughput.
 * Immutable.
 */
public sealed interface Load {

  /** Pushes at times fixed in advance, whatever comes back. */
  record Open(double perSecond) implements Load {
    @Override
    public @Nullable Window window() {
      return null;
    }

    @Override
    public Pacer pacer(Publisher publisher, Timing timing, @Nullable Window window) {
      long nanos = timing.warmupNanos() + timing.durationNanos();
      return new OpenLoop(publisher, Schedule.within(timing.baseNanos(), perSecond, nanos));
    }
  }

  /** As many pushes in flight as are allowed, at all times. */
  record Closed(int inFlight) implements Load {
    @Override
    public Window window() {
      return new Window(inFlight);
    }

    @Override
    public Pacer pacer(Publisher publisher, Timing timing, @Nullable Window window) {
      if (window == null) {
        throw new IllegalArgumentException("a closed loop needs its window");
      }
      return new ClosedLoop(publisher, window, timing.measureUntil());
    }
  }

  /** A window for one run; null where there is none. */
  @Nullable Window window();

  Pacer pacer(Publisher publisher, Timing timing, @Nullable Window window);
}
