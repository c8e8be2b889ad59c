package io.pushgate.bench.publish;

import io.pushgate.bench.ledger.Stamp;
import io.pushgate.bench.ledger.Window;
import io.pushgate.bench.measure.Latency;
import io.pushgate.protocol.ingress.IngressAnswer;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The books of what the gateway answers: each push once, in the order of the requests. Publisher's
 * loop only.
 */
final class Answers {
  private final ArrayDeque<InFlight> inFlight = new ArrayDeque<>();
  private final Latency latency = new Latency();
  private final Latency lag = new Latency();
  private final @Nullable Window window;
  private long acked;
  private long nacked;
  private long strayed;
  private long misplaced;
  private String firstNack = "";
  private String goaway = "";
  private Timing timing = Timing.NEVER;

  /**
   * @param window whose slots acks free; null in an open loop
   */
  Answers(@Nullable Window window) {
    this.window = window;
  }

  /** A push that waits for its answer. Immutable. */
  record InFlight(long number, Aim.Choice to, int slot, long intendedNanos) {}

  /** Latencies count for pushes that were meant to go out within this time. */
  void measure(Timing timing) {
    this.timing = timing;
  }

  void awaited(InFlight push) {
    inFlight.add(push);
    if (timing.isMeasured(push.intendedNanos())) {
      lag.record(System.nanoTime() - push.intendedNanos());
    }
    if (window != null) {
      window.open(push.slot(), push.to().sessions() + 1);
    }
  }

  /** Enters an answer; returns the slot that it frees, or {@link Stamp#NO_SLOT}. */
  int arrived(long number, IngressAnswer answer, Aim aim) {
    if (answer instanceof IngressAnswer.Goaway bye) {
      goaway = bye.reason();
      return Stamp.NO_SLOT;
    }
    boolean ack = answer instanceof IngressAnswer.Ack;
    InFlight push = ack || answer instanceof IngressAnswer.Nack ? take(number) : null;
    if (push == null) {
      strayed++;
      return Stamp.NO_SLOT;
    }
    if (ack) {
      acked++;
      long intended = push.intendedNanos();
      if (timing.isMeasured(intended)) {
        latency.record(System.nanoTime() - intended);
      }
      return freed(push, 1);
    }
    nacked++;
    aim.refused(push.to().user(), push.to().sequence());
    if (firstNack.isEmpty() && answer instanceof IngressAnswer.Nack nack) {
      firstNack = nack.code().wire() + ": " + nack.message();
    }
    return freed(push, push.to().sessions() + 1);
  }

  private int freed(InFlight push, int arrivals) {
    boolean last = window != null && window.arrived(push.slot(), arrivals);
    return last ? push.slot() : Stamp.NO_SLOT;
  }

  private @Nullable InFlight take(long number) {
    InFlight first = inFlight.peek();
    if (first != null && first.number() == number) {
      return inFlight.poll();
    }
    for (Iterator<InFlight> rest = inFlight.iterator(); rest.hasNext(); ) {
      InFlight push = rest.next();
      if (push.number() == number) {
        rest.remove();
        misplaced++;
        return push;
      }
    }
    return null;
  }

  Latency latency() {
    return latency.copy();
  }

  /** How much later than intended pushes were written: this client's own share of the latency. */
  Latency lag() {
    return lag.copy();
  }

  /** Ends a sentence about the end of the connection. */
  String lastWords() {
    return goaway.isEmpty() ? "" : " after goaway: " + goaway;
  }

  PublishTally tally(long sent, int unsent, long expectedDeliveries) {
    return new PublishTally(
        sent,
        unsent,
        acked,
        nacked,
        expectedDeliveries,
        inFlight.size(),
        strayed,
        misplaced,
        firstNack);
  }
}
