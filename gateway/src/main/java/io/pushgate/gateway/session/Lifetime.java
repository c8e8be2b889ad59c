package io.pushgate.gateway.session;

import org.jspecify.annotations.Nullable;

/**
 * What the loop's clock says of one session: when its client gave its last sign of life and was
 * asked for one, until when its token lasts, how old it is, and for how long it has been closing.
 * <em>Event loop only.</em>
 */
final class Lifetime {
  private static final int CLOSE_MILLIS = 5_000;

  /** What is to be done now. */
  enum Due {
    NOTHING,
    /** Ask the client for a sign of life. */
    ASK,
    /** Nothing was heard for two and a half heartbeats. */
    SILENT,
    TOKEN_EXPIRED,
    /** It is as old as a session may get. */
    AGED
  }

  private final SessionLoop shared;
  private final long beganNanos = System.nanoTime();
  private int heardMillis;
  private int askedMillis;
  private int closingMillis;
  private boolean sentAway;

  Lifetime(SessionLoop shared) {
    this.shared = shared;
    heardMillis = shared.nowMillis();
    askedMillis = heardMillis;
  }

  /** The first sign of life, by a clock that is read for it: silence is counted from here. */
  void greeted() {
    shared.tick();
    heard();
  }

  void heard() {
    heardMillis = shared.nowMillis();
  }

  /** It has been told when to go, however old it gets. */
  void sentAway() {
    sentAway = true;
  }

  /** Its last word is under way. */
  void closing() {
    closingMillis = shared.nowMillis();
  }

  /** Whether the client had time enough to take the last word and to end its side. */
  boolean isOverdue() {
    return shared.nowMillis() - closingMillis >= CLOSE_MILLIS;
  }

  /** For how long neither side has sent anything, by a clock that is read for it. */
  int silentMillis(Outlet outlet) {
    shared.tick();
    int now = shared.nowMillis();
    return Math.min(now - heardMillis, now - outlet.tookMillis());
  }

  /** For how long it has been connected, by the clock itself. */
  long connectedMillis() {
    return SessionLoop.toMillis(System.nanoTime() - beganNanos);
  }

  /**
   * What is due as of the last tick; a question counts as asked.
   *
   * @param mute the way to a client that says nothing by itself (SSE): such a one is alive as long
   *     as its socket is not full
   */
  Due due(long id, Lease lease, @Nullable Outlet mute) {
    if (shared.wallMillis() >= lease.endsMillis()) {
      return Due.TOKEN_EXPIRED;
    }
    Due beat = beat(mute);
    boolean aged = beat == Due.NOTHING && !sentAway && shared.isAged(id, beganNanos);
    return aged ? Due.AGED : beat;
  }

  private Due beat(@Nullable Outlet mute) {
    int now = shared.nowMillis();
    int aliveMillis = mute == null ? heardMillis : mute.full() ? mute.tookMillis() : now;
    if (now - aliveMillis >= shared.heartbeatMillis * 5 / 2) {
      return Due.SILENT;
    }
    int since = mute != null || askedMillis - heardMillis > 0 ? askedMillis : heardMillis;
    if (now - since < shared.heartbeatMillis) {
      return Due.NOTHING;
    }
    askedMillis = now;
    return Due.ASK;
  }
}
