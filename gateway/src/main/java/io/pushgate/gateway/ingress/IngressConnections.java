package io.pushgate.gateway.ingress;

import io.netty.channel.Channel;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.metrics.Port;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The open connections of the publishers' port, to be ended together. <em>Any thread.</em> */
public final class IngressConnections {

  /** Travels through a connection's pipeline to whoever speaks with the peer. */
  enum Signal {
    /** Read no more; answer what was read; say goaway; close. */
    DRAIN,
    /** The time is over in which the peer had to be let in. */
    LATE,
    /** There may be room again for what could not be read. */
    LOOK
  }

  private final Metrics metrics;
  private final IngressRoom room;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile boolean draining;

  IngressConnections(Metrics metrics, IngressRoom room) {
    this.metrics = metrics;
    this.room = room;
  }

  /** Answers whether there is room for it; else it is closed unheard. */
  boolean add(Channel channel) {
    if (open.size() >= room.maxConnections()) {
      metrics.limitHit("max-publishers");
      channel.close();
      return false;
    }
    metrics.connectionAccepted(Port.INGRESS);
    open.add(channel);
    channel.closeFuture().addListener(closed -> remove(channel));
    // Looked at behind the add: either this connection is met by the walk, or it meets the flag.
    if (draining) {
      signal(channel, Signal.DRAIN);
    }
    return true;
  }

  /** What they share. */
  IngressRoom room() {
    return room;
  }

  /** While buffers take too much, publishers are not read. */
  public void overloaded(boolean now) {
    room.shut(now);
  }

  /** Closes those that take nothing of the answers that fill the buffers. */
  public void shed() {
    open.forEach(
        channel ->
            channel
                .eventLoop()
                .execute(
                    () -> {
                      if (Unsent.isStuck(channel)) {
                        metrics.limitHit("max-buffered-publishers");
                        channel.close();
                      }
                    }));
  }

  /** Lets those look again who could not be read; called a few times a second. */
  public void look() {
    if (room.wasWaitedFor()) {
      if (!room.isShut()) {
        metrics.limitHit("max-in-flight");
      }
      open.forEach(channel -> signal(channel, Signal.LOOK));
    }
  }

  private void remove(Channel channel) {
    open.remove(channel);
    metrics.connectionClosed(Port.INGRESS);
    completeIfDrained();
  }

  /**
   * Reads no more requests, answers those that were read, says goaway and closes. Completes when
   * all connections are closed; publishers that read no answers can make that take for ever.
   */
  public CompletionStage<Void> drain() {
    draining = true;
    open.forEach(channel -> signal(channel, Signal.DRAIN));
    completeIfDrained();
    return drained;
  }

  /** Closes what is still open, whatever is owed to it. */
  public void closeNow() {
    open.forEach(Channel::close);
  }

  boolean isDraining() {
    return draining;
  }

  private void completeIfDrained() {
    if (draining && open.isEmpty()) {
      drained.complete(null);
    }
  }

  private static void signal(Channel channel, Signal signal) {
    channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(signal));
  }
}
