package io.pushgate.gateway.session;

/**
 * What a session takes of the memory for buffers. <em>Immutable.</em>
 *
 * @param bytes the rest of a frame that its socket took half of
 * @param heldMillis for how long, as coarse as the sessions' clock
 * @param ageMillis for how long the session has been there
 * @param ending whether the bytes go with a session that is ending already
 */
public record Held(Session session, int bytes, int heldMillis, long ageMillis, boolean ending) {

  static Held of(Session session, Outlet outlet, long ageMillis, boolean ending) {
    return new Held(session, outlet.queuedBytes(), outlet.queuedMillis(), ageMillis, ending);
  }
}
