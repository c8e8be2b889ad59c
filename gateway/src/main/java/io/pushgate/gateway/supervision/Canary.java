package io.pushgate.gateway.supervision;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.pushgate.gateway.broker.Publication;
import io.pushgate.gateway.metrics.CanaryMeters;
import io.pushgate.gateway.routing.NodeRouter;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.IngressRequest.Push;
import io.pushgate.protocol.ingress.NackCode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A notification that the gateway pushes to itself, the way that all go: event loop, journal, hub,
 * and a session on each loop. One thread launches it; it flies on the others.
 *
 * <p>Its user's name is drawn at each start, so nobody else has it or can guess it, and nobody is
 * shown it. With a ttl of 0 nothing of it is held.
 */
public final class Canary {
  /** More than a watchdog has under way: it gives one up after two periods. */
  private static final int REMEMBERED = 4;

  private static final Logger log = LoggerFactory.getLogger(Canary.class);

  private final NodeRouter router;
  private final CanaryMeters meters;
  private final BooleanSupplier journalsAway;
  private final UserId user = UserId.of("canary-" + UUID.randomUUID());
  private final List<Perch> perches = new ArrayList<>();
  private final List<String> loopNames = new ArrayList<>();
  private final AtomicReferenceArray<@Nullable Flight> flights =
      new AtomicReferenceArray<>(REMEMBERED);
  private long launched;

  /**
   * Does nothing until it is launched.
   *
   * @param journalsAway whether it is known what keeps the journals from taking anything
   */
  public Canary(
      NodeRouter router, List<EventLoop> loops, CanaryMeters meters, BooleanSupplier journalsAway) {
    this.router = router;
    this.meters = meters;
    this.journalsAway = journalsAway;
    for (EventLoop loop : loops) {
      int index = perches.size();
      perches.add(new Perch(loop, user, router, number -> seen(index, number)));
      loopNames.add(
          loop instanceof SingleThreadEventExecutor named
              ? named.threadProperties().name()
              : String.valueOf(index));
    }
  }

  CanaryMeters meters() {
    return meters;
  }

  /**
   * Sends one off.
   *
   * @param arrived told once, on any thread, when it has come through
   */
  Flight launch(long nowNanos, Consumer<Flight> arrived) {
    Flight flight = new Flight(launched++, nowNanos, router.dropped(), loopNames, arrived);
    flights.set(slot(flight.number()), flight);
    CompletableFuture<?>[] open = new CompletableFuture<?>[perches.size()];
    for (int i = 0; i < open.length; i++) {
      int loop = i;
      Perch perch = perches.get(i);
      open[i] =
          CompletableFuture.runAsync(() -> flight.turned(loop), perch.loop())
              .thenComposeAsync(turned -> perch.open(), perch.loop());
    }
    CompletableFuture.allOf(open).whenComplete((opened, failure) -> publish(flight, failure));
    return flight;
  }

  /**
   * Whether one that has not arrived may have been dropped before a loop that has more waiting than
   * it may: it is read from the journal then, where the canary, of which nothing is held, is not.
   */
  boolean mayBeDropped(Flight flight) {
    return flight.lacksSessionsAlone() && router.dropped() > flight.droppedBefore();
  }

  private void publish(Flight flight, @Nullable Throwable notOpened) {
    if (notOpened != null) {
      // A journal that is away says so to the push, too.
      log.debug("a session of the watchdog's could not be opened", notOpened);
    }
    Push push =
        new Push(
            new Audience.One(user),
            null,
            null,
            Payload.of(Long.toString(flight.number())),
            0,
            null,
            false);
    long now = System.currentTimeMillis();
    router.publish(List.of(new Publication(push, now, null, new Answer(flight, journalsAway))));
  }

  private record Answer(Flight flight, BooleanSupplier journalsAway)
      implements Publication.Outcome {
    @Override
    public void acked(String id, int users, int sessions, Held held, boolean duplicate) {
      flight.journalled();
    }

    @Override
    public void nacked(@Nullable String id, NackCode code, String message) {
      if (journalsAway.getAsBoolean()) {
        flight.refused();
      }
    }
  }

  private void seen(int loop, long number) {
    Flight flight = flights.get(slot(number));
    if (flight != null && flight.number() == number) {
      flight.seen(loop);
    }
  }

  private static int slot(long number) {
    return (int) (number % REMEMBERED);
  }
}
