package io.pushgate.gateway.broker.local;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done every second: what was written is synced, a full store is compacted, and what ended
 * by itself is looked for, a bounded part of it each time. <em>Any thread.</em>
 */
final class Upkeep {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

  /** A full store is compacted so often at most. */
  private static final long COMPACT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Engine engine;
  private final Scribe scribe;
  private final TrustedClock clock;
  private final Reads.Ages ages;
  private final Sweeps sweeps = new Sweeps();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private volatile long compactedNanos = System.nanoTime() - COMPACT_NANOS;

  Upkeep(Engine engine, Scribe scribe, TrustedClock clock, Reads.Ages ages) {
    this.engine = engine;
    this.scribe = scribe;
    this.clock = clock;
    this.ages = ages;
  }

  void run() {
    if (scribe.takeUnsynced()) {
      ask("synced", engine.store()::sync);
    }
    compactWhereFull();
    if (sweeping.compareAndSet(false, true)) {
      sweep();
    }
  }

  /** What ended may still take its room on disk, where nothing is written that would free it. */
  private void compactWhereFull() {
    long now = System.nanoTime();
    boolean full = engine.store().trouble() == null && engine.isFull();
    if (full && now - compactedNanos >= COMPACT_NANOS) {
      compactedNanos = now;
      ask("compacted", engine.store()::compact);
    }
  }

  private interface Request {
    void run() throws IOException;
  }

  private void ask(String what, Request request) {
    engine
        .read(
            () -> {
              request.run();
              return true;
            })
        .exceptionally(
            failure -> {
              log.warn("the journals could not be {}: {}", what, failure.getMessage());
              return false;
            });
  }

  private void sweep() {
    engine
        .read(this::lookAround)
        .whenComplete((found, failure) -> sweeping.set(false))
        .thenAccept(found -> engine.lane().execute(() -> scribe.run(lane -> end(found, lane))))
        .exceptionally(
            failure -> {
              log.warn("the journals could not be swept: {}", failure.getMessage());
              return null;
            });
  }

  /** Where one look did not hold all that is due, the next comes when that is stored. */
  private void end(Sweeps.Found found, Scribe lane) throws IOException {
    lane.sweep(found, clock.millis());
    if (found.dues().size() == Sweeps.DUES) {
      lane.turn().then(this::run, failure -> {});
    }
  }

  private Sweeps.Found lookAround() throws IOException {
    try (Store.View view = engine.store().view()) {
      return sweeps.look(view, clock.millis(), ages, scribe.meta().journals());
    }
  }
}
