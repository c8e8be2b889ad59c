package io.pushgate.gateway.session;

import io.pushgate.gateway.broker.Broker.Acknowledgement;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.client.ClientErrorCode;
import io.pushgate.protocol.client.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * What this session's client acknowledged, and what it is told that others did. <em>Event loop
 * only.</em>
 */
final class Acknowledgements {
  private final Session session;
  private final Pump pump;
  private final SessionLoop shared;
  private long own = -1;
  private long everyone = -1;

  Acknowledgements(Session session, Pump pump, SessionLoop shared) {
    this.session = session;
    this.pump = pump;
    this.shared = shared;
  }

  /** The client acknowledges; answers whether that moves on within what it was sent. */
  boolean take(Position position) {
    long ownOffset = pump.own.offset(position.user());
    long everyoneOffset = pump.everyone.offset(position.everyone());
    boolean sent = ownOffset <= pump.own.last && everyoneOffset <= pump.everyone.last;
    boolean moves = sent && (ownOffset > own || everyoneOffset > everyone);
    if (moves) {
      // Known before the broker tells the group, so that this session is not told its own news.
      moveTo(ownOffset, everyoneOffset);
    }
    long nowMillis = System.currentTimeMillis();
    shared
        .backend
        .acknowledge(session.user(), position)
        .whenComplete(
            (taken, failure) ->
                session.onLoop(() -> taken(taken, ownOffset, everyoneOffset, nowMillis)));
    return moves;
  }

  private void taken(
      @Nullable Acknowledgement taken, long ownOffset, long everyoneOffset, long saidMillis) {
    if (taken == Acknowledgement.BAD_CURSOR) {
      session.error(
          ClientErrorCode.BAD_CURSOR, "no position of this user, or one ahead of the journals");
      return;
    }
    if (taken == Acknowledgement.TAKEN) {
      shared.metrics.acknowledged();
      remember(ownOffset, saidMillis);
    }
    // Where the broker did not answer, the client has read them all the same: go on.
    pump.acknowledged(ownOffset, everyoneOffset);
  }

  /** The broker took an acknowledgement that the client sent beside its stream. */
  void posted(Position position) {
    long ownOffset = pump.own.offset(position.user());
    remember(ownOffset, System.currentTimeMillis());
    pump.acknowledged(ownOffset, pump.everyone.offset(position.everyone()));
  }

  /** Those who ask what became of a notification are told when it was first acknowledged. */
  private void remember(long ownOffset, long saidMillis) {
    if (ownOffset > pump.own.acknowledged) {
      shared.deliveries.acknowledged(ownOffset, session.id(), saidMillis);
    }
  }

  /** The user acknowledged up to here on some session; -1 for nothing in that journal. */
  void heard(long ownOffset, long everyoneOffset) {
    if (ownOffset > own || everyoneOffset > everyone) {
      moveTo(ownOffset, everyoneOffset);
      pump.outbox.acked(new ServerFrame.Acked(pump.position(own, everyone)));
      pump.run();
    }
  }

  private void moveTo(long ownOffset, long everyoneOffset) {
    own = Math.max(own, ownOffset);
    everyone = Math.max(everyone, everyoneOffset);
  }
}
