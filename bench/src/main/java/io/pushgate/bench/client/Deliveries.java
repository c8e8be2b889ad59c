package io.pushgate.bench.client;

import io.netty.buffer.ByteBuf;
import io.pushgate.bench.ledger.Ledger;
import io.pushgate.bench.ledger.Stamp;
import io.pushgate.bench.ledger.StampReader;
import io.pushgate.bench.ledger.Window;
import io.pushgate.bench.measure.Latency;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of one loop received: counts, latency, slots that came free. Event loop only.
 */
final class Deliveries {
  private final int run;
  private final StampReader stamp;
  private final Latency latency = new Latency();
  private long measureFrom = Long.MAX_VALUE;
  private long measureUntil = Long.MAX_VALUE;
  private long nowNanos;
  private long delivered;
  private long gaps;
  private long errors;
  private long foreign;
  private long other;
  private @Nullable Window window;
  private int[] freed = new int[64];
  private int freedCount;

  Deliveries(int run, int payloadBytes) {
    this.run = run;
    this.stamp = new StampReader(payloadBytes);
  }

  /** Latencies count for pushes that were meant to go out within this time. */
  void measure(long fromNanos, long untilNanos) {
    measureFrom = fromNanos;
    measureUntil = untilNanos;
  }

  /** Deliveries free the slots of this window from now on. */
  void use(Window window) {
    this.window = window;
  }

  /** The time of all that one read brings. */
  void readAt(long nanos) {
    nowNanos = nanos;
  }

  /** Enters a push of this run; false for any other frame. */
  boolean notification(Ledger ledger, ByteBuf in, int from, int to) {
    if (!stamp.read(in, from, to) || stamp.run() != run) {
      return false;
    }
    if (!ledger.arrived(stamp.sequence())) {
      return true;
    }
    delivered++;
    long intended = stamp.intendedNanos();
    if (intended >= measureFrom && intended < measureUntil) {
      latency.record(nowNanos - intended);
    }
    Window open = window;
    int slot = stamp.slot();
    if (open != null && slot != Stamp.NO_SLOT && open.arrived(slot, 1)) {
      free(slot);
    }
    return true;
  }

  private void free(int slot) {
    if (freedCount == freed.length) {
      freed = Arrays.copyOf(freed, 2 * freedCount);
    }
    freed[freedCount++] = slot;
  }

  boolean hasFreed() {
    return freedCount > 0;
  }

  void handFreed(Consumer<int[]> taker) {
    int[] slots = Arrays.copyOf(freed, freedCount);
    freedCount = 0;
    taker.accept(slots);
  }

  void other(ServerOp op) {
    switch (op) {
      case GAP -> gaps++;
      case ERROR -> errors++;
      case NOTIFICATION -> foreign++;
      case WELCOME, OTHER -> other++;
    }
  }

  Latency latency() {
    return latency.copy();
  }

  Tally tally() {
    return new Tally(0, delivered, 0, gaps, errors, foreign, other, 0);
  }
}
