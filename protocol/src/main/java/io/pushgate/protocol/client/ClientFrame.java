package io.pushgate.protocol.client;

import io.pushgate.protocol.Position;

/** A frame from a browser to the gateway. Immutable. */
public sealed interface ClientFrame {

  /** Everything up to this position was taken: cumulative in each journal that it names. */
  record Ack(Position cursor) implements ClientFrame {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ack(this);
    }
  }

  /** Asks for a {@code pong}; browsers can't send a WebSocket ping. */
  record Ping() implements ClientFrame {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ping(this);
    }
  }

  /**
   * Renews the session's token before it expires. The token never shows in a text made of this
   * frame.
   */
  record Auth(String token) implements ClientFrame {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.auth(this);
    }

    @Override
    public String toString() {
      return "Auth[token=***]";
    }
  }

  <R> R match(Cases<R> cases);

  /** One answer for each kind of frame. */
  interface Cases<R> {
    R ack(Ack frame);

    R ping(Ping frame);

    R auth(Auth frame);
  }
}
