package io.pushgate.gateway.broker.memory;

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
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.NackCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Journals in this process's memory: order, cursors and bounds as every broker has them, gone with
 * the process. <em>Any thread.</em>
 */
public final class MemoryBroker implements Broker {
  private final BrokerConfig config;
  private final Lanes lanes;
  private final LongSupplier clockMillis;
  private final Shard[] shards;
  private final Claims claims;
  private final Ids ids = new Ids();
  private final Cursors cursors = new Cursors(ThreadLocalRandom.current().nextLong());
  private final AtomicLong offsets = new AtomicLong();
  private final AtomicLong heldBytes = new AtomicLong();
  private @Nullable Listener listener;

  /**
   * @param clockMillis milliseconds since 1970
   */
  public MemoryBroker(BrokerConfig config, Lanes lanes, LongSupplier clockMillis) {
    this.config = config;
    this.lanes = lanes;
    this.clockMillis = clockMillis;
    this.claims = new Claims(config.dedupeAge().toMillis(), config.dedupeCount());
    this.shards = new Shard[lanes.count()];
    for (int i = 0; i < shards.length; i++) {
      shards[i] = new Shard(lanes.lane(i), config.journal(), offsets::incrementAndGet, heldBytes);
    }
  }

  @Override
  public void listen(Listener listener) {
    this.listener = listener;
  }

  @Override
  public void publish(List<Publication> batch) {
    if (shards.length == 1) {
      shards[0].lane().execute(() -> batch.forEach(this::publish));
    } else {
      batch.forEach(this::publish);
    }
  }

  private void publish(Publication publication) {
    String id = publication.push().id();
    Claim claim = null;
    if (id != null) {
      claim = claims.claim(id, publication);
      if (claim == null) {
        return;
      }
    } else {
      id = ids.next(publication.receivedMillis());
    }
    if (!available()) {
      refuse(publication, id, claim);
      return;
    }
    List<JournalId> journals = journals(publication.push().to(), claim);
    Delivery delivery = new Delivery(publication, id, claim, journals.size(), claims);
    for (JournalId journal : journals) {
      append(journal, delivery);
    }
  }

  private void refuse(Publication publication, String id, @Nullable Claim claim) {
    String full = "journal-memory: " + config.journal().memory() + " bytes are held already";
    if (claim != null) {
      claims.ended(claim, publication.receivedMillis());
      claim.fail(claim.missing(), 0, full);
    }
    publication.outcome().nacked(id, NackCode.UNAVAILABLE, full);
  }

  private static List<JournalId> journals(Audience to, @Nullable Claim claim) {
    if (claim != null && !claim.missing().isEmpty()) {
      return claim.missing();
    }
    if (to instanceof Audience.One one) {
      return List.of(JournalId.of(one.user()));
    }
    if (to instanceof Audience.Several several) {
      List<JournalId> journals = new ArrayList<>(several.users().size());
      several.users().forEach(user -> journals.add(JournalId.of(user)));
      return journals;
    }
    return List.of(JournalId.EVERYONE);
  }

  private void append(JournalId journal, Delivery delivery) {
    Shard shard = shard(journal);
    if (shards.length == 1) {
      appendInLane(shard, journal, delivery); // The whole batch is in the lane already.
    } else {
      shard.lane().execute(() -> appendInLane(shard, journal, delivery));
    }
  }

  private void appendInLane(Shard shard, JournalId journal, Delivery delivery) {
    if (lanes.fails()) {
      delivery.failed(journal);
      return;
    }
    Listener told = listener();
    int sessions = told.sessions(journal);
    shard.append(journal, delivery, told);
    delivery.stored(sessions, journal.user() == null ? told.onlineUsers() : 0);
  }

  @Override
  public void recall(String id, long receivedMillis, Publication.Outcome outcome) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<@Nullable Trace> trace(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<ReceiptOpening> openReceipts(String publisher, String after) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<ReceiptPage> readReceipts(String publisher, long after, int maxReceipts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> forget(UserId user) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<String> backup() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Opening> open(UserId user, Start start) {
    JournalId own = JournalId.of(user);
    Opener opener = new Opener(cursors, offsets::get, own, start);
    return inLane(own, () -> opener.placeUser(journal(own)))
        .thenCompose(
            placed ->
                inLane(
                    JournalId.EVERYONE, () -> opener.placeEveryone(journal(JournalId.EVERYONE))));
  }

  /** The journal without what is too old by now, whether or not the sweep was there. */
  private Journal journal(JournalId id) {
    return shard(id).journal(id, clockMillis.getAsLong());
  }

  @Override
  public CompletionStage<Page> read(JournalId journal, long after, int maxEntries, int maxBytes) {
    return inLane(
        journal,
        () ->
            journal(journal)
                .read(after, maxEntries, maxBytes, clockMillis.getAsLong(), offsets.get()));
  }

  @Override
  public CompletionStage<Acknowledgement> acknowledge(UserId user, Position position) {
    JournalId own = JournalId.of(user);
    long userOffset = cursors.offset(own, position.user());
    long everyoneOffset = cursors.offset(JournalId.EVERYONE, position.everyone());
    boolean bad =
        (position.user() != null && userOffset < 0)
            || (position.everyone() != null && everyoneOffset < 0)
            || Math.max(userOffset, everyoneOffset) > offsets.get();
    if (bad) {
      return CompletableFuture.completedFuture(Acknowledgement.BAD_CURSOR);
    }
    return inLane(
        own,
        () -> {
          long now = clockMillis.getAsLong();
          Acknowledged place = shard(own).keep(own).acknowledged();
          place.forgetAfter(config.journal().age().toMillis(), now);
          if (place.moveTo(userOffset, everyoneOffset, now)) {
            listener().acknowledged(user, place.user(), place.everyone());
          }
          return Acknowledgement.TAKEN;
        });
  }

  /** Applies the journals' bounds where nobody touches them; called now and then. */
  public void sweep() {
    long now = clockMillis.getAsLong();
    for (Shard shard : shards) {
      shard.lane().execute(() -> shard.sweep(now));
    }
  }

  @Override
  public Cursors cursors() {
    return cursors;
  }

  @Override
  public boolean available() {
    return heldBytes.get() < config.journal().memory();
  }

  /** How many journals there are. */
  public int journals() {
    int count = 0;
    for (Shard shard : shards) {
      count += shard.count();
    }
    return count;
  }

  /** Bytes that all journals hold together: data, and what an entry costs besides. */
  public long heldBytes() {
    return heldBytes.get();
  }

  /** Nothing to let go of: what a lane was given, it has done or does on its caller's thread. */
  @Override
  public void close() {}

  private Listener listener() {
    Listener told = listener;
    if (told == null) {
      throw new IllegalStateException("listen() comes first");
    }
    return told;
  }

  private Shard shard(JournalId journal) {
    return shards[journal.user() == null ? 0 : Math.floorMod(journal.hashCode(), shards.length)];
  }

  private <T> CompletionStage<T> inLane(JournalId journal, Supplier<T> task) {
    CompletableFuture<T> done = new CompletableFuture<>();
    shard(journal)
        .lane()
        .execute(
            () -> {
              try {
                done.complete(task.get());
              } catch (RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
    return done;
  }
}
