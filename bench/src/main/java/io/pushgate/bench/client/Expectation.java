package io.pushgate.bench.client;

import java.util.BitSet;

/**
 * What should have come to the sessions of each user. Any thread, once nothing is sent any more.
 */
public interface Expectation {
  /** How many pushes were sent to the user's sessions. */
  int sentTo(int user);

  /** The sequence numbers among them that the gateway refused. */
  BitSet refusedFor(int user);
}
