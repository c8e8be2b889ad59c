package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.Ids;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Opening;
import io.pushgate.gateway.broker.Page;
import io.pushgate.gateway.broker.Publication;
import io.pushgate.gateway.broker.ReceiptOpening;
import io.pushgate.gateway.broker.ReceiptPage;
import io.pushgate.gateway.broker.Start;
import io.pushgate.gateway.broker.Trace;
import io.pushgate.gateway.config.BrokerConfig;
import io.pushgate.gateway.config.BrokerKind;
import io.pushgate.gateway.config.JournalSync;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journals of one process. What changes them is done in one lane, in the order it was asked;
 * what reads them takes a view of the store. <em>Any thread.</em>
 */
public final class LocalBroker implements Broker {
  private static final Logger log = LoggerFactory.getLogger(LocalBroker.class);
  private static final DateTimeFormatter BACKUP_NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** A full store is compacted so often at most. */
  private static final long COMPACT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Engine engine;
  private final TrustedClock clock;
  private final Scribe scribe;
  private final Ids ids = new Ids();
  private final Cursors cursors;
  private final Reads reads;
  private final Reads.Ages ages;
  private final Sweeps sweeps = new Sweeps();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private volatile long compactedNanos = System.nanoTime() - COMPACT_NANOS;
  private @Nullable Listener listener;

  /**
   * Opens what the store holds, or begins a new one.
   *
   * @throws IOException where the store does not answer
   */
  public LocalBroker(BrokerConfig config, Engine engine, TrustedClock clock) throws IOException {
    boolean syncs = config.kind() == BrokerKind.DISK && config.disk().sync() == JournalSync.ALWAYS;
    this.engine = engine;
    this.clock = clock;
    this.ages = new Reads.Ages(config.journal().age().toMillis(), config.dedupeAge().toMillis());
    this.scribe = new Scribe(config, engine.store(), syncs, this::listener);
    this.cursors = new Cursors(scribe.meta().epoch());
    this.reads = new Reads(engine.store(), scribe.meta(), cursors, clock, ages);
    engine.lane().endTurnsWith(scribe::endTurn);
  }

  @Override
  public void listen(Listener told) {
    listener = told;
  }

  private Listener listener() {
    Listener told = listener;
    if (told == null) {
      throw new IllegalStateException("listen() comes first");
    }
    return told;
  }

  private void inLane(Scribe.Task task) {
    engine.lane().execute(() -> scribe.run(task));
  }

  @Override
  public void publish(List<Publication> batch) {
    inLane(
        lane -> {
          long now = clock.millis();
          String trouble = trouble();
          for (Publication publication : batch) {
            String chosen = publication.push().id();
            String id = chosen == null ? ids.next(publication.receivedMillis()) : chosen;
            lane.pushes().take(publication, id, now, clock.wallMillis(), trouble);
          }
        });
  }

  @Override
  public void recall(String id, long receivedMillis, Publication.Outcome outcome) {
    inLane(lane -> lane.pushes().recall(id, outcome, clock.millis(), clock.wallMillis()));
  }

  @Override
  public CompletionStage<Acknowledgement> acknowledge(UserId user, Position position) {
    long own = cursors.offset(JournalId.of(user), position.user());
    long everyone = cursors.offset(JournalId.EVERYONE, position.everyone());
    boolean bad =
        (position.user() != null && !scribe.meta().given(own))
            || (position.everyone() != null && !scribe.meta().given(everyone));
    if (bad) {
      return CompletableFuture.completedFuture(Acknowledgement.BAD_CURSOR);
    }
    CompletableFuture<Acknowledgement> taken = new CompletableFuture<>();
    inLane(
        lane -> {
          try {
            lane.acks().take(user, own, everyone, clock.millis());
          } finally {
            lane.turn()
                .then(() -> taken.complete(Acknowledgement.TAKEN), taken::completeExceptionally);
          }
        });
    return taken;
  }

  /** Something to read from the store. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> CompletableFuture<T> read(Reading<T> reading) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      engine
          .readers()
          .execute(
              () -> {
                try {
                  answer.complete(reading.read());
                } catch (IOException | RuntimeException e) {
                  answer.completeExceptionally(e);
                }
              });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  @Override
  public CompletionStage<Opening> open(UserId user, Start start) {
    return read(() -> reads.open(user, start));
  }

  @Override
  public CompletionStage<Page> read(JournalId journal, long after, int maxEntries, int maxBytes) {
    return read(() -> reads.page(journal, after, maxEntries, maxBytes));
  }

  /** Behind all that was asked before: a publisher sees its own push. */
  @Override
  public CompletionStage<@Nullable Trace> trace(String id) {
    CompletableFuture<Void> before = new CompletableFuture<>();
    inLane(lane -> lane.turn().then(() -> before.complete(null)));
    return before
        .thenCompose(reached -> read(() -> Optional.ofNullable(reads.trace(id))))
        .thenApply(known -> known.orElse(null));
  }

  @Override
  public CompletionStage<ReceiptOpening> openReceipts(String publisher, String after) {
    return read(() -> reads.openReceipts(publisher, after));
  }

  @Override
  public CompletionStage<ReceiptPage> readReceipts(String publisher, long after, int maxReceipts) {
    return read(() -> reads.receipts(publisher, after, maxReceipts));
  }

  @Override
  public CompletionStage<Void> forget(UserId user) {
    return read(() -> reads.tracesOf(user))
        .thenCompose(
            traces -> {
              CompletableFuture<Void> forgotten = new CompletableFuture<>();
              inLane(
                  lane -> {
                    lane.turn()
                        .then(() -> forgotten.complete(null), forgotten::completeExceptionally);
                    lane.forget(user, traces, clock.millis());
                  });
              return forgotten;
            });
  }

  @Override
  public CompletionStage<String> backup() {
    Path backups = engine.backups();
    if (backups == null) {
      return CompletableFuture.failedFuture(
          new UnsupportedOperationException("this broker keeps nothing that could be copied"));
    }
    Path copy = backups.resolve(BACKUP_NAME.format(Instant.ofEpochMilli(clock.wallMillis())));
    long epoch = ThreadLocalRandom.current().nextLong();
    return read(
        () -> {
          engine.store().copyTo(copy, batch -> Meta.writeEpoch(batch, epoch));
          return copy.toString();
        });
  }

  /** A bounded part of the store each time; what was written since the last time is synced. */
  @Override
  public void sweep() {
    if (scribe.takeUnsynced()) {
      ask("synced", engine.store()::sync);
    }
    compactWhereFull();
    if (!sweeping.compareAndSet(false, true)) {
      return; // The last one is still under way.
    }
    read(this::lookAround)
        .thenAccept(
            found ->
                inLane(
                    lane -> {
                      sweeping.set(false);
                      lane.sweep(found, clock.millis());
                    }))
        .exceptionally(
            failure -> {
              sweeping.set(false);
              log.warn("the journals could not be swept: {}", failure.getMessage());
              return null;
            });
  }

  /** What ended may still take its room on disk, where nothing is written that would free it. */
  private void compactWhereFull() {
    long now = System.nanoTime();
    boolean full = engine.store().trouble() == null && isFull();
    if (!full || now - compactedNanos < COMPACT_NANOS) {
      return;
    }
    compactedNanos = now;
    ask("compacted", engine.store()::compact);
  }

  private boolean isFull() {
    return engine.store().size() >= engine.roomBytes();
  }

  private interface Request {
    void run() throws IOException;
  }

  private void ask(String what, Request request) {
    read(() -> {
          request.run();
          return true;
        })
        .exceptionally(
            failure -> {
              log.warn("the journals could not be {}: {}", what, failure.getMessage());
              return false;
            });
  }

  private Sweeps.Found lookAround() throws IOException {
    try (Store.View view = engine.store().view()) {
      return sweeps.look(view, clock.millis(), ages, scribe.meta().journals());
    }
  }

  @Override
  public Cursors cursors() {
    return cursors;
  }

  @Override
  public @Nullable String trouble() {
    String trouble = engine.store().trouble();
    if (trouble == null && isFull()) {
      trouble = engine.room() + ": " + engine.roomBytes() + " bytes are held already";
    }
    return trouble;
  }

  @Override
  public long journals() {
    return scribe.meta().journals();
  }

  @Override
  public long heldBytes() {
    return engine.store().size();
  }

  /** Stores what was taken, then lets go of the store. */
  @Override
  public void close() {
    inLane(Scribe::close);
    engine.lane().close();
    engine.readers().close();
    engine.store().close();
  }
}
