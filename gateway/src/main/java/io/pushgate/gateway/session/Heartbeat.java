package io.pushgate.gateway.session;

import org.jspecify.annotations.Nullable;

/**
 * When a client gave its last sign of life, and when it was asked for one, in the loop's
 * milliseconds. <em>Event loop only.</em>
 */
final class Heartbeat {
  /** What is to be done now. */
  enum Due {
    NOTHING,
    ASK,
    GIVE_UP
  }

  private final SessionLoop shared;
  private int heardMillis;
  private int askedMillis;

  Heartbeat(SessionLoop shared) {
    this.shared = shared;
    heardMillis = shared.nowMillis();
    askedMillis = heardMillis;
  }

  /** The first sign of life, by a clock that is read for it: silence is counted from here. */
  void begin() {
    shared.tick();
    heard();
  }

  void heard() {
    heardMillis = shared.nowMillis();
  }

  /** For how long neither side has sent anything, by a clock that is read for it. */
  int silentMillis(Outlet outlet) {
    shared.tick();
    int now = shared.nowMillis();
    return Math.min(now - heardMillis, now - outlet.tookMillis());
  }

  /**
   * Counts the question as asked where it answers {@link Due#ASK}.
   *
   * @param mute the way to a client that says nothing by itself (SSE): such a one is alive as long
   *     as its socket is not full
   */
  Due due(@Nullable Outlet mute) {
    int now = shared.nowMillis();
    int aliveMillis = mute == null ? heardMillis : mute.full() ? mute.tookMillis() : now;
    if (now - aliveMillis >= shared.heartbeatMillis * 5 / 2) {
      return Due.GIVE_UP;
    }
    int since = mute != null || askedMillis - heardMillis > 0 ? askedMillis : heardMillis;
    if (now - since < shared.heartbeatMillis) {
      return Due.NOTHING;
    }
    askedMillis = now;
    return Due.ASK;
  }
}
