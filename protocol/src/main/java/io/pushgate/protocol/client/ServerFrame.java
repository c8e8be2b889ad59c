package io.pushgate.protocol.client;

import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import org.jspecify.annotations.Nullable;

/** A frame from the gateway to a browser, the same on WebSocket and SSE. Immutable. */
public sealed interface ServerFrame {

  /**
   * The first frame of a session.
   *
   * @param cursor the position where the session starts
   * @param resumed whether all that lies behind the position the client asked for follows
   */
  record Welcome(
      UserId user, String session, Position cursor, boolean resumed, int heartbeatSeconds)
      implements ServerFrame {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.welcome(this);
    }
  }

  /**
   * One notification, the same bytes for every session and every replay.
   *
   * @param timestampMillis when the gateway received it, since the epoch
   */
  record Notification(
      Cursor cursor, String id, @Nullable String type, long timestampMillis, Payload data)
      implements ServerFrame {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notification(this);
    }
  }

  /** The publisher took the notification of this id back; the cursor is the recall's own. */
  record Recall(Cursor cursor, String id) implements ServerFrame {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.recall(this);
    }
  }

  /**
   * Something was lost to this session: the page reloads its list from its own backend and goes on.
   */
  record Gap() implements ServerFrame {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.gap(this);
    }
  }

  /** The furthest position that another session of the user acknowledged. */
  record Acked(Position cursor) implements ServerFrame {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.acked(this);
    }
  }

  /**
   * The renewed token was taken; {@code expires} is its {@code exp}, in seconds since the epoch.
   */
  record Authenticated(long expires) implements ServerFrame {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.authenticated(this);
    }
  }

  /** Answers {@link ClientFrame.Ping}. */
  record Pong() implements ServerFrame {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pong(this);
    }
  }

  /** The session is about to be closed; the client comes back after the delay. */
  record Reconnect(long delayMillis) implements ServerFrame {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reconnect(this);
    }
  }

  /** Something that the client sent was not taken; the session lives on. */
  record Error(ClientErrorCode code, String message) implements ServerFrame {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.error(this);
    }
  }

  <R> R match(Cases<R> cases);

  /** One answer for each kind of frame. */
  interface Cases<R> {
    R welcome(Welcome frame);

    R notification(Notification frame);

    R recall(Recall frame);

    R gap(Gap frame);

    R acked(Acked frame);

    R authenticated(Authenticated frame);

    R pong(Pong frame);

    R reconnect(Reconnect frame);

    R error(Error frame);
  }
}
