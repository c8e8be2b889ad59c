package io.pushgate.gateway.broker.memory;

import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Publication;
import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.NackCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One push id on its way from claimed to settled. <em>Any thread</em>; its own lock guards a few
 * fields and is never held while anyone else is called.
 */
final class Claim {
  private enum State {
    /** A push of this id is being appended; repeats wait in {@code waiting}. */
    OPEN,
    /**
     * Some journals could not take it, those in {@code missing}, or all where that is empty: the
     * next repeat completes it.
     */
    INCOMPLETE,
    /** Taken everywhere; {@code answer} is what every repeat gets. */
    SETTLED
  }

  /** What the first push was answered. */
  private record Answer(int users, int sessions, Held held) {}

  private final String id;
  private State state = State.OPEN;
  private List<JournalId> missing = List.of();
  private List<Publication> waiting = new ArrayList<>(0);
  private @Nullable Answer answer;
  private int sessionsSoFar;
  private volatile long forgottenAtMillis = Long.MAX_VALUE;

  Claim(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /** Answers whether this repeat is to complete the push; otherwise it is, or will be, answered. */
  boolean repeat(Publication publication) {
    Answer first;
    synchronized (this) {
      if (state == State.OPEN) {
        waiting.add(publication);
        return false;
      }
      if (state == State.INCOMPLETE) {
        state = State.OPEN;
        forgottenAtMillis = Long.MAX_VALUE;
        return true;
      }
      first = answer;
    }
    tellDuplicate(publication, first);
    return false;
  }

  /** The journals that a completing push still has to reach; empty where none took it yet. */
  synchronized List<JournalId> missing() {
    return missing;
  }

  /** Every journal took it. Answers the live sessions of all attempts together. */
  int settle(int users, int sessions, Held held) {
    List<Publication> repeats;
    Answer first;
    synchronized (this) {
      state = State.SETTLED;
      missing = List.of();
      first = new Answer(users, sessionsSoFar + sessions, held);
      answer = first;
      repeats = waiting;
      waiting = List.of();
    }
    for (Publication repeat : repeats) {
      tellDuplicate(repeat, first);
    }
    return first.sessions();
  }

  /** Some journals could not take it: the push and all waiting repeats are nacked. */
  void fail(List<JournalId> stillMissing, int sessions, String message) {
    List<Publication> repeats;
    synchronized (this) {
      state = State.INCOMPLETE;
      missing = List.copyOf(stillMissing);
      sessionsSoFar += sessions;
      repeats = waiting;
      waiting = new ArrayList<>(0);
    }
    for (Publication repeat : repeats) {
      repeat.outcome().nacked(id, NackCode.UNAVAILABLE, message);
    }
  }

  void forgetAt(long millis) {
    forgottenAtMillis = millis;
  }

  /** When the dedupe window of the last attempt ends; never while one is under way. */
  long forgottenAtMillis() {
    return forgottenAtMillis;
  }

  private void tellDuplicate(Publication repeat, @Nullable Answer first) {
    if (first == null) {
      throw new IllegalStateException("settled without an answer: " + id);
    }
    repeat.outcome().acked(id, first.users(), first.sessions(), first.held(), true);
  }
}
