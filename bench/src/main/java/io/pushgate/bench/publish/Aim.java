package io.pushgate.bench.publish;

import io.pushgate.bench.client.Expectation;
import io.pushgate.protocol.ingress.Audience;

/** Chooses whom each push is for, and remembers what was sent to whom. Publisher's loop only. */
public interface Aim extends Expectation {

  /**
   * Whom a push is for. Immutable.
   *
   * @param user the user's number; {@link #EVERYONE} for all
   * @param sequence its number among the pushes to the same sessions
   * @param sessions how many sessions are to get it
   */
  record Choice(Audience audience, int user, int sequence, int sessions) {}

  int EVERYONE = -1;

  Choice next();

  /** Notes that the gateway did not take a push. */
  void refused(int user, int sequence);

  /** Deliveries that all pushes so far amount to, refused ones left out. */
  long expectedDeliveries();
}
