package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.disk.RocksStore;
import io.pushgate.gateway.broker.local.Engine;
import io.pushgate.gateway.broker.local.InlineLane;
import io.pushgate.gateway.broker.local.LocalBroker;
import io.pushgate.gateway.broker.local.ReaderThreads;
import io.pushgate.gateway.broker.local.Store;
import io.pushgate.gateway.broker.local.TrustedClock;
import io.pushgate.gateway.broker.memory.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The brokers that every test of the contract, and of what stands on it, runs against. */
public enum TestBroker {
  /** As the product runs it: the lane answers before the call returns. */
  MEMORY {
    @Override
    public BrokerRun start(BrokerSettings settings) {
      return inline(settings, new MemoryStore(), new TestClock());
    }
  },
  /** A lane on a thread of its own that is late and commits several tasks together. */
  LATE_MEMORY {
    @Override
    public BrokerRun start(BrokerSettings settings) {
      return late(settings, new TestDisk(MemoryStore::new), new TestClock());
    }
  },
  /** The same over what outlives the process. */
  KEPT_MEMORY {
    @Override
    public BrokerRun start(BrokerSettings settings) {
      return late(settings, new TestDisk(MemoryStore::new), new TestClock());
    }
  },
  /** A late lane over the store that the product has on disk. */
  DISK {
    @Override
    public BrokerRun start(BrokerSettings settings) {
      return onDisk(settings, TempDirectory.create("pushgate-journal"), new TestClock());
    }
  };

  private static final long SEED = 20_250_521;

  /** A fresh and empty broker, which the caller closes. */
  public abstract BrokerRun start(BrokerSettings settings);

  private static BrokerRun inline(BrokerSettings settings, Store store, TestClock clock) {
    Failures failures = new Failures();
    InlineLane lane = new InlineLane();
    Store failing = new FailingStore(store, failures);
    LocalBroker broker =
        open(settings, new Engine(failing, lane, lane, ROOM, settings.memory(), null), clock);
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

  private static BrokerRun late(BrokerSettings settings, TestDisk disk, TestClock clock) {
    Failures failures = new Failures();
    LateLane lane = new LateLane(SEED);
    Store store = new FailingStore(disk.open(), failures);
    LocalBroker broker =
        open(settings, new Engine(store, lane, lane, ROOM, settings.memory(), null), clock);
    return new BrokerRun(
        broker,
        clock,
        failures,
        lane::idle,
        lane::given,
        broker::sweep,
        () -> {},
        disk::sync,
        end -> {
          switch (end) {
            case CLOSED -> broker.close();
            case KILLED -> lane.kill();
            case POWER_LOST -> {
              lane.kill();
              disk.losePower();
            }
          }
          return late(settings, disk, clock);
        });
  }

  private static BrokerRun onDisk(
      BrokerSettings settings, TempDirectory directory, TestClock clock) {
    Failures failures = new Failures();
    LateLane lane = new LateLane(SEED);
    CountedWorkers readers = new CountedWorkers(new ReaderThreads("test-reader", 2));
    Store store = new FailingStore(openStore(directory), failures);
    LocalBroker broker =
        open(settings, new Engine(store, lane, readers, ROOM, settings.memory(), null), clock);
    return new BrokerRun(
        broker,
        clock,
        failures,
        () -> readers.idle() && lane.idle(),
        () -> lane.given() + readers.given(),
        broker::sweep,
        directory::delete,
        () -> {},
        end -> {
          switch (end) {
            case CLOSED -> broker.close();
            case KILLED -> {
              lane.kill();
              readers.close();
              store.close();
            }
            case POWER_LOST -> throw new UnsupportedOperationException("a disk keeps its power");
          }
          return onDisk(settings, directory, clock);
        });
  }

  private static RocksStore openStore(TempDirectory directory) {
    try {
      return RocksStore.open(directory.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final String ROOM = "journal-memory";

  private static LocalBroker open(BrokerSettings settings, Engine engine, TestClock clock) {
    try {
      return new LocalBroker(
          settings.memoryConfig(), engine, new TrustedClock(clock, clock::steadyNanos));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
