package io.pushgate.gateway.session;

import io.pushgate.protocol.Position;

/**
 * A session as an operator sees it. <em>Immutable.</em>
 *
 * @param connectedMillis since when, in milliseconds since 1970
 * @param cursor up to where it was sent
 * @param behind it has not caught up with one of its journals
 * @param queuedBytes of a half-written frame, held for it
 */
public record SessionView(
    String session,
    SessionRequest request,
    long connectedMillis,
    Position cursor,
    boolean behind,
    int queuedBytes) {}
