package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.Broker;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A started broker and the handles by which a test moves its world: the clock, failing commits, the
 * sweep, and how its process ends.
 *
 * @param idle whether nothing that the broker was asked is under way
 * @param given how many tasks its lanes were given so far, where those are others' threads
 * @param sync puts all that was written so far on stable storage
 * @param reopening how it is opened again after its process ended
 */
public record BrokerRun(
    Broker broker,
    TestClock clock,
    Failures failures,
    BooleanSupplier idle,
    LongSupplier given,
    Runnable sweep,
    Runnable stop,
    Runnable sync,
    Reopening reopening)
    implements AutoCloseable {

  /** How a process can end. */
  public enum End {
    /** As it should: what was taken is finished, and the store is closed. */
    CLOSED,
    /** Between two instructions: what was written to the store is there. */
    KILLED,
    /** As with the power: of what was written, what was synced is there. */
    POWER_LOST
  }

  /** Ends a broker's process in this way and opens its store again, with the same clock. */
  public interface Reopening {
    /** For brokers whose store ends with their process. */
    Reopening NEVER =
        end -> {
          throw new UnsupportedOperationException("nothing of this broker outlives its process");
        };

    BrokerRun after(End end);
  }

  /** The broker of the next process on the same store; this one is not asked any more. */
  public BrokerRun reopen(End end) {
    return reopening.after(end);
  }

  /** Waits until all that was asked so far is done. */
  public void settle() {
    Waiting.until("the broker is idle", idle);
  }

  @Override
  public void close() {
    broker.close();
    stop.run();
  }
}
