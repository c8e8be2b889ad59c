package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Sent;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.UserId;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Moves the places that users acknowledged, and ends what was sent to them before those. <em>Lane
 * only.</em>
 */
final class Acks {
  private final Turn turn;
  private final Entries entries;
  private final Endings endings;
  private final Supplier<Broker.Listener> listener;

  Acks(Turn turn, Entries entries, Endings endings, Supplier<Broker.Listener> listener) {
    this.turn = turn;
    this.entries = entries;
    this.endings = endings;
    this.listener = listener;
  }

  /** A user acknowledged up to here; -1 for nothing in that journal. */
  void take(UserId user, long own, long everyone, long nowMillis) throws IOException {
    Journal journal = entries.journal(JournalId.of(user), nowMillis);
    Sent sent = listener.get().sent(user, Feed.USER);
    List<Item> open = journal.openUpTo(own);
    open.removeIf(item -> !sent.contains(item.offset()));
    entries.acknowledge(journal, open, nowMillis);
    if (everyone > journal.head().everyone()) {
      countBroadcasts(user, journal.head().everyone(), everyone, nowMillis);
    }
    if (journal.moveTo(own, everyone, nowMillis)) {
      Head place = journal.head();
      turn.then(
          () -> listener.get().acknowledged(user, place.user(), place.everyone()), failure -> {});
    }
  }

  private void countBroadcasts(UserId user, long from, long to, long nowMillis) throws IOException {
    Journal everyone = entries.journal(JournalId.EVERYONE, nowMillis);
    Sent sent = listener.get().sent(user, Feed.EVERYONE);
    for (Item broadcast : everyone.between(from, to)) {
      if (!broadcast.recall() && sent.contains(broadcast.offset())) {
        endings.acknowledgedByOne(broadcast);
      }
    }
  }
}
