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
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The journals of one process. What changes them is done in one lane, in the order it was asked;
 * what reads them takes a view of the store. <em>Any thread.</em>
 */
public final class LocalBroker implements Broker {
  private static final DateTimeFormatter BACKUP_NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Engine engine;
  private final TrustedClock clock;
  private final Scribe scribe;
  private final Ids ids = new Ids();
  private final Cursors cursors;
  private final Reads reads;
  private final Upkeep upkeep;
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
    Reads.Ages ages =
        new Reads.Ages(config.journal().age().toMillis(), config.dedupeAge().toMillis());
    this.scribe = new Scribe(config, engine.store(), syncs, this::listener);
    this.cursors = new Cursors(scribe.meta().epoch());
    this.reads = new Reads(engine.store(), scribe.meta(), cursors, clock, ages);
    this.upkeep = new Upkeep(engine, scribe, clock, ages);
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
    engine
        .lane()
        .execute(
            () -> {
              scribe.run(task);
              scribe.endLargeTurn();
            });
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

  private <T> CompletableFuture<T> read(Engine.Reading<T> reading) {
    return engine.read(reading);
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

  @Override
  public void sweep() {
    upkeep.run();
  }

  @Override
  public Cursors cursors() {
    return cursors;
  }

  @Override
  public @Nullable String trouble() {
    String trouble = engine.store().trouble();
    if (trouble == null && engine.isFull()) {
      trouble = engine.room() + ": " + engine.roomBytes() + " bytes are held already";
    }
    return trouble;
  }

  @Override
  public long journals() {
    return scribe.meta().journals();
  }

  @Override
  public long entriesLoaded() {
    return scribe.journals().entriesLoaded();
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
