package io.pushgate.gateway;

import io.pushgate.gateway.client.PublicPort;
import io.pushgate.gateway.ingress.IngressConnections;
import io.pushgate.gateway.transport.Buffers;
import io.pushgate.gateway.transport.Recurring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what network buffers take near {@code --max-buffered}: above it nobody is let in,
 * publishers are not read, and the newest of the sessions that do not read what they are sent have
 * to go, as many as make it half as much, until it is below three quarters. <em>Event loop
 * only</em>, the first one, but for {@link #watch}.
 */
final class Overload implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Overload.class);
  private static final long LOOK_MILLIS = 250;

  private final long most;
  private final long enough;
  private final Node node;
  private final PublicPort publicPort;
  private final IngressConnections publishers;
  private boolean lasts;

  Overload(long most, Node node, PublicPort publicPort, IngressConnections publishers) {
    this.most = most;
    this.enough = most / 4 * 3;
    this.node = node;
    this.publicPort = publicPort;
    this.publishers = publishers;
  }

  /** Begins to look, a few times a second. */
  void watch() {
    Recurring.every(node.transport.loops().get(0), LOOK_MILLIS, "the look at buffers", this);
  }

  @Override
  public void run() {
    long bytes = Buffers.inUse();
    if (bytes > (lasts ? enough : most)) {
      if (!lasts) {
        node.metrics.limitHit("max-buffered");
        log.warn("buffers hold {} bytes, more than --max-buffered {}: shedding load", bytes, most);
        enter(true);
      }
      publishers.shed();
      node.hub.shed((double) (bytes - most / 2) / bytes);
    } else if (lasts) {
      log.info("buffers hold {} bytes: no more load is shed", bytes);
      enter(false);
    }
    publishers.look();
  }

  private void enter(boolean overload) {
    lasts = overload;
    publicPort.overloaded(overload);
    publishers.overloaded(overload);
  }
}
