package io.pushgate.gateway.session;

import io.pushgate.protocol.Position;

/**
 * A session as an operator sees it. <em>Immutable.</em>
 *
 * @param connectedMillis for how long, in milliseconds
 * @param cursor up to where it was sent
 * @param behind how many of its two journals it has not caught up with
 * @param queuedBytes of a half-written frame, held for it
 * @param pause what keeps it from going on, for people; empty where nothing does
 */
public record SessionView(
    String session,
    SessionRequest request,
    long connectedMillis,
    Position cursor,
    int behind,
    int queuedBytes,
    String pause) {

  /** A session's id as its client and operators read it. */
  public static String name(long id) {
    return Long.toUnsignedString(id, Character.MAX_RADIX);
  }
}
