package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Publication;
import io.pushgate.gateway.broker.Trace;
import io.pushgate.gateway.config.BrokerConfig;
import io.pushgate.gateway.config.BrokerKind;
import io.pushgate.gateway.config.JournalSync;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.NackCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes pushes and recalls: each is one step, whatever the number of its users, and is answered
 * when it is stored. <em>Lane only.</em>
 */
final class Pushes {
  private final BrokerConfig config;
  private final Held held;
  private final Turn turn;
  private final Register register;
  private final DedupeWindow window;
  private final Entries entries;
  private final long dedupeMillis;
  private final Supplier<Broker.Listener> listener;

  Pushes(
      BrokerConfig config,
      Turn turn,
      Register register,
      DedupeWindow window,
      Entries entries,
      Supplier<Broker.Listener> listener) {
    this.config = config;
    this.held = heldBy(config);
    this.listener = listener;
    this.turn = turn;
    this.register = register;
    this.window = window;
    this.entries = entries;
    this.dedupeMillis = config.dedupeAge().toMillis();
  }

  private static Held heldBy(BrokerConfig config) {
    if (config.kind() == BrokerKind.MEMORY) {
      return Held.MEMORY;
    }
    return config.disk().sync() == JournalSync.ALWAYS ? Held.SYNCED : Held.DISK;
  }

  /**
   * Takes a push, or answers why it is not taken.
   *
   * @param id the publisher's, or one that was made for it
   * @param wallMillis the moment, as clocks on walls show it
   * @param trouble why the store takes nothing; null where it does
   */
  void take(
      Publication publication, String id, long nowMillis, long wallMillis, @Nullable String trouble)
      throws IOException {
    boolean named = publication.push().id() != null;
    Publication.Outcome outcome = publication.outcome();
    Tracked earlier = named ? register.find(id) : null;
    if (earlier != null && nowMillis < earlier.takenMillis + dedupeMillis) {
      answer(earlier, outcome, true);
      return;
    }
    if (named && window.count(nowMillis) >= config.dedupeCount()) {
      String full = "dedupe-count: " + config.dedupeCount() + " ids are remembered already";
      turn.then(() -> outcome.nacked(id, NackCode.OVERLOADED, full));
      return;
    }
    if (trouble != null) {
      turn.then(() -> outcome.nacked(id, NackCode.UNAVAILABLE, trouble));
      return;
    }
    List<JournalId> journals = journals(publication.push().to());
    Tracked push =
        new Tracked(
            id, publication.receivedMillis(), wallMillis, nowMillis, answer(publication, journals));
    push.endedMillis = nowMillis;
    register.add(push, earlier);
    if (named) {
      window.add(nowMillis);
    }
    for (JournalId journal : journals) {
      entries.append(journal, push, publication, nowMillis);
    }
    answer(push, outcome, false);
  }

  private Tracked.Answer answer(Publication publication, List<JournalId> journals) {
    int sessions = 0;
    for (JournalId journal : journals) {
      sessions += listener.get().sessions(journal);
    }
    boolean everyone = publication.push().to() instanceof Audience.Everyone;
    int users = everyone ? listener.get().onlineUsers() : journals.size();
    Held kept = publication.push().ttlSeconds() == 0 ? Held.NONE : held;
    return new Tracked.Answer(users, sessions, kept, journals.size() > 1);
  }

  private void answer(Tracked push, Publication.Outcome outcome, boolean duplicate) {
    turn.then(
        () -> outcome.acked(push.id, push.users, push.sessions, push.held, duplicate),
        failure -> unavailable(push.id, outcome));
  }

  private static void unavailable(String id, Publication.Outcome outcome) {
    outcome.nacked(
        id, NackCode.UNAVAILABLE, "the journal could not take it; repeat it with this id");
  }

  private static List<JournalId> journals(Audience to) {
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

  /** Takes a notification back from the journals that hold it, or answers why not. */
  void recall(String id, Publication.Outcome outcome, long nowMillis, long wallMillis)
      throws IOException {
    Tracked push = register.find(id);
    if (push != null && push.recalled) {
      recalled(push, outcome, true);
      return;
    }
    int users = 0;
    int sessions = 0;
    if (push != null) {
      for (Trace.Delivery delivery : register.deliveries(push)) {
        Journal journal = entries.journal(delivery.journal(), nowMillis);
        if (entries.recall(journal, delivery.offset(), wallMillis, nowMillis)) {
          users++;
          sessions += listener.get().sessions(delivery.journal());
        }
      }
    }
    if (push == null || users == 0) {
      turn.then(() -> outcome.nacked(id, NackCode.NOT_FOUND, "no journal holds it"));
      return;
    }
    push.recalled = true;
    push.recallUsers = push.everyone() ? listener.get().onlineUsers() : users;
    push.recallSessions = sessions;
    register.changed(push);
    recalled(push, outcome, false);
  }

  private void recalled(Tracked push, Publication.Outcome outcome, boolean duplicate) {
    turn.then(
        () -> outcome.acked(push.id, push.recallUsers, push.recallSessions, held, duplicate),
        failure -> unavailable(push.id, outcome));
  }
}
