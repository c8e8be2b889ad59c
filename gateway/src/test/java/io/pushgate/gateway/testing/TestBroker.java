package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.memory.Lanes;
import io.pushgate.gateway.broker.memory.MemoryBroker;
import java.util.concurrent.Executor;

/** The brokers that every test of the contract, and of what stands on it, runs against. */
public enum TestBroker {
  /** As the product runs it: one lane, which answers before the call returns. */
  MEMORY {
    @Override
    public BrokerRun start(BrokerSettings settings) {
      Failures failures = new Failures();
      TestClock clock = new TestClock();
      Lanes single = Lanes.single();
      MemoryBroker broker =
          new MemoryBroker(settings.memoryConfig(), failing(single, failures), clock);
      return new BrokerRun(
          broker,
          clock,
          failures,
          () -> true,
          () -> 0,
          broker::sweep,
          () -> {},
          () -> {},
          BrokerRun.Reopening.NEVER);
    }
  },
  /** Four lanes on threads of their own that are late and out of step. */
  LATE_MEMORY {
    @Override
    public BrokerRun start(BrokerSettings settings) {
      Failures failures = new Failures();
      TestClock clock = new TestClock();
      LateLanes lanes = new LateLanes(SEED, failures);
      MemoryBroker broker = new MemoryBroker(settings.memoryConfig(), lanes, clock);
      return new BrokerRun(
          broker,
          clock,
          failures,
          lanes::idle,
          lanes::given,
          broker::sweep,
          lanes::close,
          () -> {},
          BrokerRun.Reopening.NEVER);
    }
  };

  private static final long SEED = 20_250_521;

  /** A fresh and empty broker, which the caller closes. */
  public abstract BrokerRun start(BrokerSettings settings);

  private static Lanes failing(Lanes lanes, Failures failures) {
    return new Lanes() {
      @Override
      public int count() {
        return lanes.count();
      }

      @Override
      public Executor lane(int index) {
        return lanes.lane(index);
      }

      @Override
      public boolean fails() {
        return failures.next() != Failures.Commit.WRITTEN;
      }
    };
  }
}
