package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.local.Engine;
import io.pushgate.gateway.broker.local.LocalBroker;
import io.pushgate.gateway.broker.local.TrustedClock;
import io.pushgate.gateway.broker.memory.MemoryStore;
import io.pushgate.gateway.config.BrokerConfig;
import java.io.IOException;

/** A broker for a whole gateway that is late always and fails as a test says. Any thread. */
public final class LateBroker {
  private LateBroker() {}

  /** A run with the same seed is late at the same tasks. The gateway closes it. */
  public static Broker open(BrokerConfig config, long seed, Failures failures) throws IOException {
    LateLane lane = new LateLane(seed);
    Engine engine =
        new Engine(
            new FailingStore(new MemoryStore(), failures),
            lane,
            lane,
            "journal-memory",
            config.journal().memory(),
            null);
    return new LocalBroker(
        config, engine, new TrustedClock(System::currentTimeMillis, System::nanoTime));
  }
}
