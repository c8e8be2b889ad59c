package io.pushgate.gateway.broker;

import io.pushgate.protocol.Position;

/** Where a session asks to start, from its {@code after}. <em>Immutable.</em> */
public sealed interface Start {

  /** No {@code after}: behind what the user acknowledged, or at the first entry held. */
  record Acknowledged() implements Start {}

  /** {@code after=end}: behind all that is held. */
  record End() implements Start {}

  /** Right behind this position. */
  record After(Position position) implements Start {}

  /** An {@code after} that is no position: as without one, but the session is told of a gap. */
  record Unusable() implements Start {}

  Start ACKNOWLEDGED = new Acknowledged();

  /** Reads the query's or header's text; empty is none, {@code end} is the end. */
  static Start parse(String after) {
    if (after.isEmpty()) {
      return ACKNOWLEDGED;
    }
    if (after.equals("end")) {
      return new End();
    }
    Position position = Position.parse(after);
    return position == null ? new Unusable() : new After(position);
  }
}
