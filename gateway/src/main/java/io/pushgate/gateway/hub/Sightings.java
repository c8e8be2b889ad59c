package io.pushgate.gateway.hub;

import io.pushgate.gateway.broker.Sent;
import io.pushgate.gateway.session.DeliveryLog;
import io.pushgate.gateway.session.Session;
import io.pushgate.gateway.session.SessionLoop;
import io.pushgate.gateway.session.SessionView;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this node's sessions, live and ended, know of notifications. Each loop looks at its own in
 * one task. <em>Any thread.</em>
 */
public final class Sightings {
  private final Hub hub;
  private final SentMemory ended;
  private final List<LoopHub> loops;

  Sightings(Hub hub, SentMemory ended, Collection<LoopHub> loops) {
    this.hub = hub;
    this.ended = ended;
    this.loops = List.copyOf(loops);
  }

  private record Asked(Session session, long offset) {}

  /** What live and ended sessions of a user were sent of one journal, as of now. */
  public Sent sent(UserId user, Feed feed) {
    // In this order: a session is remembered before it leaves its group.
    List<Session> live = hub.sessions(user);
    Sent before = ended.of(user, feed);
    return offset -> first(live, feed, offset) != null || before.contains(offset);
  }

  /** The first of these sessions that was sent this place. */
  private static @Nullable Session first(List<Session> sessions, Feed feed, long offset) {
    for (Session session : sessions) {
      if (session.trail(feed).contains(offset)) {
        return session;
      }
    }
    return null;
  }

  /**
   * Looks at all sessions that are live, or remembered to have been sent one of these places.
   *
   * @param places each user's, in that user's journal
   */
  public CompletionStage<List<Sighting>> of(Map<UserId, Long> places) {
    long[] offsets = places.values().stream().mapToLong(Long::longValue).sorted().toArray();
    Map<SessionLoop, List<Asked>> live = new HashMap<>();
    places.forEach(
        (user, offset) -> {
          for (Session session : hub.sessions(user)) {
            live.computeIfAbsent(session.shared(), shared -> new ArrayList<>())
                .add(new Asked(session, offset));
          }
        });
    CompletableFuture<List<Sighting>> all = CompletableFuture.completedFuture(new ArrayList<>());
    for (LoopHub loop : loops) {
      List<Asked> here = live.getOrDefault(loop.shared(), List.of());
      all = with(all, loop, () -> look(loop.shared(), here, offsets), Sightings::joined);
    }
    return all;
  }

  private static List<Sighting> look(SessionLoop shared, List<Asked> live, long[] offsets) {
    Map<Long, DeliveryLog.Seen> seen = shared.deliveries().find(offsets);
    List<Sighting> sightings = new ArrayList<>();
    for (Asked asked : live) {
      if (!seen.containsKey(asked.session().id())) {
        boolean sent = asked.session().trail(Feed.USER).contains(asked.offset());
        String why = sent ? "" : asked.session().whyNotSent(asked.offset());
        String name = SessionView.name(asked.session().id());
        sightings.add(new Sighting(asked.offset(), name, 0, 0, why));
      }
    }
    seen.forEach(
        (session, what) ->
            sightings.add(
                new Sighting(
                    what.offset(),
                    SessionView.name(session),
                    what.sentMillis(),
                    what.ackedMillis(),
                    "")));
    return sightings;
  }

  /** How many users were sent this broadcast, on sessions that are live or remembered. */
  public CompletionStage<Integer> usersSent(long broadcast) {
    CompletableFuture<Integer> count = CompletableFuture.completedFuture(0);
    for (LoopHub loop : loops) {
      count = with(count, loop, () -> usersOf(loop, broadcast), Integer::sum);
    }
    for (int i = 0; i < SentMemory.SHARDS; i++) {
      int shard = i;
      count =
          with(
              count,
              loops.get(shard % loops.size()),
              () -> ended.count(shard, broadcast, user -> liveWasSent(user, broadcast)),
              Integer::sum);
    }
    return count;
  }

  private boolean liveWasSent(UserId user, long broadcast) {
    return first(hub.sessions(user), Feed.EVERYONE, broadcast) != null;
  }

  /** Each user counts for the first session that was sent it. */
  private int usersOf(LoopHub loop, long broadcast) {
    SessionList sessions = loop.sessions();
    int count = 0;
    for (int i = 0; i < sessions.size(); i++) {
      Session session = sessions.get(i);
      if (session.trail(Feed.EVERYONE).contains(broadcast)
          && first(hub.sessions(session.user()), Feed.EVERYONE, broadcast) == session) {
        count++;
      }
    }
    return count;
  }

  private static <T> CompletableFuture<T> with(
      CompletableFuture<T> before, LoopHub loop, Supplier<T> part, BiFunction<T, T, T> join) {
    return before.thenCombine(CompletableFuture.supplyAsync(part, loop.shared().loop()), join);
  }

  private static List<Sighting> joined(List<Sighting> before, List<Sighting> part) {
    before.addAll(part);
    return before;
  }
}
