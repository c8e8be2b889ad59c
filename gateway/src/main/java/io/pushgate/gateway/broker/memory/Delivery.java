package io.pushgate.gateway.broker.memory;

import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Publication;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.NackCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One push on its way into its journals: counts them in and answers after the last. <em>Any
 * thread.</em>
 */
final class Delivery {
  private static final String UNAVAILABLE = "the journal could not take it; repeat it with this id";

  private final Publication publication;
  private final String id;
  private final @Nullable Claim claim;
  private final Claims claims;
  private final int journals;
  private int remaining;
  private int sessions;
  private int online;
  private @Nullable List<JournalId> failed;

  Delivery(Publication publication, String id, @Nullable Claim claim, int journals, Claims claims) {
    this.publication = publication;
    this.id = id;
    this.claim = claim;
    this.journals = journals;
    this.remaining = journals;
    this.claims = claims;
  }

  IngressRequest.Push push() {
    return publication.push();
  }

  /** What the journal gets: the same but for its place and its predecessor. */
  Entry entry(long offset, long previous) {
    IngressRequest.Push push = publication.push();
    long received = publication.receivedMillis();
    return new Entry(
        offset,
        previous,
        Entry.Kind.NOTIFICATION,
        id,
        push.type(),
        received,
        push.ttlSeconds() < 0 ? Entry.NEVER : received + push.ttlSeconds() * 1000L,
        push.collapse(),
        push.data());
  }

  /** One journal took it. */
  void stored(int offeredTo, int onlineUsers) {
    synchronized (this) {
      sessions += offeredTo;
      online = onlineUsers;
      if (--remaining > 0) {
        return;
      }
    }
    finish();
  }

  /** One journal could not take it. */
  void failed(JournalId journal) {
    synchronized (this) {
      if (failed == null) {
        failed = new ArrayList<>();
      }
      failed.add(journal);
      if (--remaining > 0) {
        return;
      }
    }
    finish();
  }

  /** After the last journal: nobody else touches the fields any more. */
  private void finish() {
    List<JournalId> missing = failed;
    if (missing != null) {
      fail(missing);
      return;
    }
    Held held = push().ttlSeconds() == 0 ? Held.NONE : Held.MEMORY;
    int users = users();
    int offered = sessions;
    if (claim != null) {
      offered = claim.settle(users, sessions, held);
      claims.ended(claim, publication.receivedMillis());
    }
    publication.outcome().acked(id, users, offered, held, false);
  }

  private void fail(List<JournalId> missing) {
    Claim incomplete = claim == null ? new Claim(id) : claim;
    // Where no journal took it, the id is not used up: a repeat may even be for others.
    boolean none = missing.size() == journals && incomplete.missing().isEmpty();
    claims.keep(incomplete);
    claims.ended(incomplete, publication.receivedMillis());
    incomplete.fail(none ? List.of() : missing, sessions, UNAVAILABLE);
    publication.outcome().nacked(id, NackCode.UNAVAILABLE, UNAVAILABLE);
  }

  private int users() {
    Audience to = push().to();
    if (to instanceof Audience.Several several) {
      return several.users().size();
    }
    return to instanceof Audience.One ? 1 : online;
  }
}
