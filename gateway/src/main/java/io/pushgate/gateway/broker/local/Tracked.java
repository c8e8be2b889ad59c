package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Trace;
import io.pushgate.protocol.ingress.DeliveryState;
import io.pushgate.protocol.ingress.Held;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one push: what it was answered, and how many journals hold it. <em>Lane
 * only.</em>
 */
final class Tracked {
  final String id;

  final long receivedMillis;
  final long journalledMillis;

  /** Where the dedupe window begins, by the clock that decides what is too old. */
  final long takenMillis;

  /** The first offset it was given: tells a push from an earlier one with the same id. */
  long firstOffset;

  final int users;
  final int sessions;
  final Held held;

  /** It went to several users, whose deliveries are records of their own. */
  final boolean several;

  /** How many journals hold it. */
  int holding;

  /** Since when no journal holds it; 0 while one does. */
  long endedMillis;

  /** How many users of a broadcast acknowledged it. */
  int acknowledged;

  boolean recalled;
  int recallUsers;
  int recallSessions;

  /** How it stands in the one journal it went to; null where those are several, or forgotten. */
  Trace.@Nullable Delivery only;

  Tracked(String id, long receivedMillis, long journalledMillis, long takenMillis, Answer answer) {
    this.id = id;
    this.receivedMillis = receivedMillis;
    this.journalledMillis = journalledMillis;
    this.takenMillis = takenMillis;
    this.users = answer.users();
    this.sessions = answer.sessions();
    this.held = answer.held();
    this.several = answer.several();
  }

  /** What the push was answered. */
  record Answer(int users, int sessions, Held held, boolean several) {}

  boolean everyone() {
    return only != null && only.journal().user() == null;
  }

  /** One journal less holds it. */
  void left(long nowMillis) {
    holding--;
    if (holding <= 0) {
      endedMillis = nowMillis;
    }
  }

  /** Whether nothing asks for it any more: no journal holds it, and no repeat may come. */
  boolean over(long nowMillis, long dedupeMillis) {
    return holding <= 0 && nowMillis >= Math.max(takenMillis, endedMillis) + dedupeMillis;
  }

  byte[] write(RecordWriter out) {
    out.number(receivedMillis)
        .number(journalledMillis)
        .number(takenMillis)
        .number(firstOffset)
        .number(users)
        .number(sessions)
        .text(held.wire())
        .octet((several ? 1 : 0) | (recalled ? 2 : 0) | (only != null ? 4 : 0))
        .number(Math.max(0, holding))
        .number(endedMillis)
        .number(acknowledged)
        .number(recallUsers)
        .number(recallSessions);
    if (only != null) {
      out.bytes(Keys.name(only.journal()));
      writeDelivery(only, out);
    }
    return out.take();
  }

  static Tracked read(String id, byte[] value) {
    RecordReader in = new RecordReader(value);
    long received = in.number();
    long journalled = in.number();
    long taken = in.number();
    long firstOffset = in.number();
    int users = (int) in.number();
    int sessions = (int) in.number();
    Held held = Objects.requireNonNull(Held.of(in.text()), "held");
    int flags = in.octet();
    Tracked read =
        new Tracked(
            id, received, journalled, taken, new Answer(users, sessions, held, (flags & 1) != 0));
    read.firstOffset = firstOffset;
    read.recalled = (flags & 2) != 0;
    read.holding = (int) in.number();
    read.endedMillis = in.number();
    read.acknowledged = (int) in.number();
    read.recallUsers = (int) in.number();
    read.recallSessions = (int) in.number();
    if ((flags & 4) != 0) {
      read.only = readDelivery(Keys.journal(in.name()), in);
    }
    return read;
  }

  static void writeDelivery(Trace.Delivery delivery, RecordWriter out) {
    out.number(delivery.offset()).text(delivery.state().wire()).number(delivery.sinceMillis());
  }

  static Trace.Delivery readDelivery(JournalId journal, RecordReader in) {
    long offset = in.number();
    DeliveryState state = Objects.requireNonNull(DeliveryState.of(in.text()), "state");
    return new Trace.Delivery(journal, offset, state, in.number());
  }
}
