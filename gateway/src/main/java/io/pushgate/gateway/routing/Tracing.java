package io.pushgate.gateway.routing;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.Trace;
import io.pushgate.gateway.hub.Sighting;
import io.pushgate.gateway.hub.Sightings;
import io.pushgate.gateway.routing.Whereabouts.OfSession;
import io.pushgate.gateway.routing.Whereabouts.OfUser;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.DeliveryState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Puts what the journals know of a notification together with what the sessions do. <em>Any
 * thread.</em>
 */
final class Tracing {
  private static final Comparator<Sighting> AS_SENT =
      Comparator.comparing((Sighting sighting) -> !sighting.why().isEmpty())
          .thenComparingLong(Sighting::sentMillis);

  private final Broker broker;
  private final Sightings sightings;

  Tracing(Broker broker, Sightings sightings) {
    this.broker = broker;
    this.sightings = sightings;
  }

  /** Where the newest notification with this id is; null where nothing is known of it. */
  CompletionStage<@Nullable Whereabouts> trace(String id) {
    return broker.trace(id).thenCompose(this::whereabouts);
  }

  private CompletionStage<@Nullable Whereabouts> whereabouts(@Nullable Trace trace) {
    if (trace == null) {
      return CompletableFuture.completedFuture(null);
    }
    List<Trace.Delivery> deliveries = trace.deliveries();
    if (deliveries.size() == 1 && deliveries.get(0).journal().user() == null) {
      return sightings
          .usersSent(deliveries.get(0).offset())
          .thenApply(sent -> answer(trace, Math.max(sent, trace.acknowledged()), List.of()));
    }
    Map<UserId, Long> places = new HashMap<>();
    for (Trace.Delivery delivery : deliveries) {
      UserId user = delivery.journal().user();
      if (user != null) {
        places.put(user, delivery.offset());
      }
    }
    return sightings.of(places).thenApply(seen -> ofUsers(trace, seen));
  }

  private Whereabouts ofUsers(Trace trace, List<Sighting> seen) {
    seen.sort(AS_SENT);
    Map<Long, List<Sighting>> byOffset = new HashMap<>();
    seen.forEach(
        sighting ->
            byOffset.computeIfAbsent(sighting.offset(), offset -> new ArrayList<>()).add(sighting));
    List<OfUser> users = new ArrayList<>();
    int sent = 0;
    for (Trace.Delivery delivery : trace.deliveries()) {
      UserId user = delivery.journal().user();
      if (user != null) {
        boolean wasSent = sightings.sent(user, Feed.USER).contains(delivery.offset());
        sent += wasSent || delivery.state() == DeliveryState.ACKNOWLEDGED ? 1 : 0;
        users.add(
            ofUser(user, delivery, wasSent, byOffset.getOrDefault(delivery.offset(), List.of())));
      }
    }
    return answer(trace, sent, users);
  }

  private static OfUser ofUser(
      UserId user, Trace.Delivery delivery, boolean wasSent, List<Sighting> seen) {
    List<OfSession> sessions = seen.stream().map(Tracing::ofSession).toList();
    if (delivery.state() != DeliveryState.HELD || !wasSent) {
      return new OfUser(user, delivery.state(), delivery.sinceMillis(), sessions);
    }
    long firstMillis =
        seen.stream()
            .mapToLong(Sighting::sentMillis)
            .filter(millis -> millis > 0)
            .min()
            .orElse(delivery.sinceMillis());
    return new OfUser(user, DeliveryState.SENT, firstMillis, sessions);
  }

  private static OfSession ofSession(Sighting sighting) {
    return new OfSession(
        sighting.session(), sighting.sentMillis(), sighting.ackedMillis(), sighting.why());
  }

  private static Whereabouts answer(Trace trace, int sent, List<OfUser> users) {
    return new Whereabouts(
        trace.id(),
        trace.receivedMillis(),
        trace.journalledMillis(),
        sent,
        trace.acknowledged(),
        users);
  }
}
