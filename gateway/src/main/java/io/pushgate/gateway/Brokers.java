package io.pushgate.gateway;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.disk.RocksStore;
import io.pushgate.gateway.broker.local.Engine;
import io.pushgate.gateway.broker.local.InlineLane;
import io.pushgate.gateway.broker.local.Lane;
import io.pushgate.gateway.broker.local.LocalBroker;
import io.pushgate.gateway.broker.local.ReaderThreads;
import io.pushgate.gateway.broker.local.ThreadLane;
import io.pushgate.gateway.broker.local.TrustedClock;
import io.pushgate.gateway.broker.memory.MemoryStore;
import io.pushgate.gateway.command.StartException;
import io.pushgate.gateway.config.BrokerConfig;
import io.pushgate.gateway.config.BrokerKind;
import java.io.IOException;

/** Opens the broker that the configuration names. */
final class Brokers {
  private static final int READERS = 2;

  private Brokers() {}

  /**
   * Opens what it holds, or begins a new one.
   *
   * @throws StartException names what is in the way: a data directory in use, damaged, of a newer
   *     format
   */
  static Broker open(BrokerConfig config) throws StartException {
    try {
      Engine engine = config.kind() == BrokerKind.DISK ? disk(config) : memory(config);
      return new LocalBroker(
          config, engine, new TrustedClock(System::currentTimeMillis, System::nanoTime));
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Engine memory(BrokerConfig config) {
    Lane lane = new InlineLane();
    return new Engine(
        new MemoryStore(), lane, lane, "journal-memory", config.journal().memory(), null);
  }

  private static Engine disk(BrokerConfig config) throws IOException {
    return new Engine(
        RocksStore.open(config.disk().dataDir()),
        new ThreadLane("journal"),
        new ReaderThreads("journal-reader", READERS),
        "journal-disk",
        config.disk().maxBytes(),
        config.disk().dataDir().resolve("backups"));
  }
}
