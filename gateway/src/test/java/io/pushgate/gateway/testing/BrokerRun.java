package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.Broker;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A started broker and the handles by which a test moves its world: the clock, failing appends, the
 * sweep.
 *
 * @param idle whether nothing that the broker was asked is under way
 * @param given how many tasks its lanes were given so far, where those are others' threads
 */
public record BrokerRun(
    Broker broker,
    TestClock clock,
    Failures failures,
    BooleanSupplier idle,
    LongSupplier given,
    Runnable sweep,
    Runnable stop)
    implements AutoCloseable {

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
