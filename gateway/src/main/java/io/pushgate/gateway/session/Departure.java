package io.pushgate.gateway.session;

import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.client.ServerFrame;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How a session is sent away to come back: it is told when, and closed by then. <em>Event loop
 * only.</em>
 */
final class Departure {
  /** Those whose time is over come back within this time, not all with the sweep that saw it. */
  private static final int AGED_SPREAD_MILLIS = 1_000;

  private Departure() {}

  /**
   * The gateway goes away. A session that stays until its time still acknowledges, and a client
   * that does not heed what it is told does not come back before its time either.
   *
   * @param stays false for one that was not greeted, and for an event stream, since a browser
   *     counts {@code retry} from the end of the stream
   */
  static void drained(Session session, long delayMillis, boolean stays) {
    session.say(new ServerFrame.Reconnect(delayMillis));
    Runnable end = () -> session.close(CloseCode.DRAIN, "the gateway goes away");
    if (stays) {
      session.shared().loop.schedule(end, delayMillis, TimeUnit.MILLISECONDS);
    } else {
      end.run();
    }
  }

  /** The session is as old as it may get. */
  static void aged(Session session) {
    session.shared().limitHit("max-connection-age");
    int delayMillis = ThreadLocalRandom.current().nextInt(AGED_SPREAD_MILLIS);
    session.say(new ServerFrame.Reconnect(delayMillis));
    session.close(CloseCode.DRAIN, "as old as --max-connection-age lets it get");
  }
}
