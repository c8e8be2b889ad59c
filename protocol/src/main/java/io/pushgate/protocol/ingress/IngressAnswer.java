package io.pushgate.protocol.ingress;

import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the gateway tells a publisher: answers to requests, and what comes by itself. Immutable. */
public sealed interface IngressAnswer {

  /**
   * Hello was taken.
   *
   * @param cursor where the publisher's receipts start; null where he gets none
   * @param resumed whether all receipts behind the cursor he asked for follow
   */
  record Ok(@Nullable Cursor cursor, boolean resumed) implements IngressAnswer {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ok(this);
    }
  }

  /**
   * A push or a recall was journalled and offered.
   *
   * @param users how many were named, or, for everyone, are online
   * @param sessions how many live sessions of theirs there were at that moment
   * @param duplicate whether the id had been taken before, so that nothing was changed
   */
  record Ack(String id, int users, int sessions, Held held, boolean duplicate)
      implements IngressAnswer {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ack(this);
    }
  }

  /** A request was not taken; {@code id} is there where the request named one. */
  record Nack(@Nullable String id, NackCode code, String message) implements IngressAnswer {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.nack(this);
    }
  }

  /** Answers {@link IngressRequest.Presence}. */
  record PresenceIs(UserId user, int sessions) implements IngressAnswer {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.presenceIs(this);
    }
  }

  /**
   * Answers {@link IngressRequest.Status}. The counts are of all users, {@code sent} with those
   * that acknowledged; the list is cut at {@link io.pushgate.protocol.Limits#MAX_STATUS_USERS} and
   * empty for a push to everyone.
   */
  record StatusIs(String id, int sent, int acknowledged, List<UserState> users)
      implements IngressAnswer {
    public StatusIs {
      users = List.copyOf(users);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.statusIs(this);
    }
  }

  /**
   * One user's line of a {@link StatusIs}; {@code ts} is when he came into the state, in ms since
   * the epoch.
   */
  record UserState(UserId user, DeliveryState state, long ts) {}

  /** Answers {@link IngressRequest.Ping}. */
  record Pong() implements IngressAnswer {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pong(this);
    }
  }

  /**
   * How a notification ended for one user, at {@code ts} in ms since the epoch. Comes by itself.
   *
   * @param cursor its place in the publisher's journal of receipts; null for a publisher without a
   *     name, whose receipts are told to his connection and not kept
   */
  record Receipt(@Nullable Cursor cursor, String id, UserId user, ReceiptEvent event, long ts)
      implements IngressAnswer {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.receipt(this);
    }
  }

  /** Receipts were lost to this connection. Comes by itself. */
  record Gap() implements IngressAnswer {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.gap(this);
    }
  }

  /**
   * The connection is about to be closed; what was read before is still answered. Comes by itself.
   */
  record Goaway(String reason) implements IngressAnswer {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.goaway(this);
    }
  }

  <R> R match(Cases<R> cases);

  /** One answer for each kind. */
  interface Cases<R> {
    R ok(Ok answer);

    R ack(Ack answer);

    R nack(Nack answer);

    R presenceIs(PresenceIs answer);

    R statusIs(StatusIs answer);

    R pong(Pong answer);

    R receipt(Receipt answer);

    R gap(Gap answer);

    R goaway(Goaway answer);
  }
}
