package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.memory.Lanes;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Late lanes that fail where a test says so and, if wanted, now and then, as an engine far away
 * does. Any thread.
 */
final class UnreliableLanes implements Lanes, AutoCloseable {
  private static final long SEED = 20_061;
  private static final int FAILS_ONE_IN = 37;

  private final LateLanes late;
  private final boolean nowAndThen;
  private final AtomicInteger appends = new AtomicInteger();

  UnreliableLanes(Failures failures, boolean nowAndThen) {
    this.late = new LateLanes(SEED, failures);
    this.nowAndThen = nowAndThen;
  }

  @Override
  public int count() {
    return late.count();
  }

  @Override
  public Executor lane(int index) {
    return late.lane(index);
  }

  @Override
  public boolean fails() {
    return late.fails() || nowAndThen && appends.incrementAndGet() % FAILS_ONE_IN == 0;
  }

  @Override
  public void close() {
    late.close();
  }
}
