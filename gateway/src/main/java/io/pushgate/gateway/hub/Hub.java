package io.pushgate.gateway.hub;

import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.session.Ranges;
import io.pushgate.gateway.session.Session;
import io.pushgate.gateway.session.SessionLoop;
import io.pushgate.gateway.session.SessionRequest;
import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which user has which sessions on this node. <em>Any thread</em>, but for {@link #join}, {@link
 * #leave} and {@link #forget}, which come from the session's loop.
 */
public final class Hub {
  private final Map<UserId, UserGroup> groups = new ConcurrentHashMap<>();
  private final Map<UserId, UserGroup> unseen = new ConcurrentHashMap<>();
  private final Map<SessionLoop, LoopHub> loops = new HashMap<>();
  private final AtomicInteger webSockets = new AtomicInteger();
  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicInteger wires = new AtomicInteger();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private final SentMemory ended = new SentMemory();
  private final Sightings sightings;
  private final int maxSessionsPerUser;
  private volatile boolean draining;
  private volatile long spreadMillis;

  public Hub(Collection<SessionLoop> shared, int maxSessionsPerUser) {
    this.maxSessionsPerUser = maxSessionsPerUser;
    shared.forEach(loop -> loops.put(loop, new LoopHub(loop)));
    sightings = new Sightings(this, ended, loops.values());
  }

  /** Begins the sweep of heartbeats and deadlines on every loop. */
  public void sweepEvery(long millis) {
    loops.values().forEach(loop -> loop.sweepEvery(millis));
  }

  /** From here on the session is offered what is appended. The user's oldest may have to go. */
  public void join(Session session) {
    loop(session).add(session);
    wires.incrementAndGet();
    count(session).incrementAndGet();
    UserGroup group =
        groups.compute(
            session.user(),
            (user, known) -> known == null ? UserGroup.of(session) : known.with(session));
    for (int i = 0; i < group.size() - maxSessionsPerUser; i++) {
      Session oldest = group.get(i);
      session.shared().limitHit("max-sessions-per-user");
      oldest.onLoop(
          () -> oldest.close(CloseCode.REPLACED, "more than --max-sessions-per-user sessions"));
    }
    if (draining) {
      // Its handshake was under way; whoever drains may not have seen it.
      session.drain(ThreadLocalRandom.current().nextLong(spreadMillis + 1));
    }
  }

  /**
   * From here on a session of the gateway's own is offered what is appended for its user, until the
   * end of the loops. It is in no count and no list, and is offered no broadcast.
   */
  public void joinUnseen(Session session) {
    unseen.compute(
        session.user(),
        (user, known) -> known == null ? UserGroup.of(session) : known.with(session));
  }

  /** The session counts no more and is offered nothing more; what it was sent is remembered. */
  public void leave(Session session) {
    Ranges own = session.trail(Feed.USER).ranges();
    if (ended.remember(session.user(), own, session.trail(Feed.EVERYONE).ranges())) {
      session.shared().limitHit("remembered-users");
    }
    groups.computeIfPresent(session.user(), (user, group) -> group.without(session));
    count(session).decrementAndGet();
  }

  /** The session's wire is gone. */
  public void forget(Session session) {
    loop(session).remove(session);
    wires.decrementAndGet();
    completeIfDrained();
  }

  /** How much was dropped before loops that had too much waiting. */
  public long dropped() {
    return loops.values().stream().mapToLong(LoopHub::dropped).sum();
  }

  /** An entry for one user's sessions. */
  public void offer(UserId user, Entry entry) {
    UserGroup seen = groups.get(user);
    UserGroup group = seen == null ? unseen.get(user) : seen;
    if (group != null) {
      onLoopsOf(group, loop -> loop.offer(group, entry));
    }
  }

  /** A broadcast for all sessions. */
  public void offer(Entry broadcast) {
    loops.values().forEach(loop -> loop.offer(broadcast));
  }

  /** The furthest place that a user acknowledged moved on; -1 for none in that journal. */
  public void acked(UserId user, long own, long everyone) {
    UserGroup group = groups.get(user);
    if (group != null) {
      onLoopsOf(group, loop -> loop.acked(group, own, everyone));
    }
  }

  /** Each loop that has a session of this group, once. */
  private void onLoopsOf(UserGroup group, Consumer<LoopHub> action) {
    for (int i = 0; i < group.size(); i++) {
      SessionLoop loop = group.get(i).shared();
      boolean first = true;
      for (int j = 0; j < i && first; j++) {
        first = group.get(j).shared() != loop;
      }
      if (first) {
        action.accept(loop(group.get(i)));
      }
    }
  }

  /** What the sessions, live and ended, know of notifications. */
  public Sightings sightings() {
    return sightings;
  }

  /** Ends the sessions that a user has now; each may come back with a fresh token. */
  public void disconnect(UserId user) {
    for (Session session : sessions(user)) {
      session.onLoop(() -> session.close(CloseCode.TOKEN_EXPIRED, "an operator ended it"));
    }
  }

  /** Ends the newest of the sessions that hold bytes, until so much of those is let go. */
  public void shed(double part) {
    loops.values().forEach(loop -> loop.shed(part));
  }

  /** What a user's ended sessions were sent is remembered no more. */
  public void forgetSent(UserId user) {
    ended.forget(user);
  }

  /** Users whose ended sessions are remembered. */
  public int rememberedUsers() {
    return ended.size();
  }

  public int presence(UserId user) {
    UserGroup group = groups.get(user);
    return group == null ? 0 : group.size();
  }

  /** The sessions of a user, the oldest first. */
  public List<Session> sessions(UserId user) {
    UserGroup group = groups.get(user);
    return group == null ? List.of() : group.sessions();
  }

  /** All live sessions, in no order. */
  public List<Session> all() {
    List<Session> all = new ArrayList<>();
    groups.values().forEach(group -> all.addAll(group.sessions()));
    return all;
  }

  public int onlineUsers() {
    return groups.size();
  }

  public int sessions() {
    return webSockets.get() + streams.get();
  }

  public int sessions(SessionRequest.Format format) {
    return counter(format).get();
  }

  private AtomicInteger count(Session session) {
    return counter(session.request().format());
  }

  private AtomicInteger counter(SessionRequest.Format format) {
    return format == SessionRequest.Format.WEBSOCKET ? webSockets : streams;
  }

  private LoopHub loop(Session session) {
    @Nullable LoopHub loop = loops.get(session.shared());
    if (loop == null) {
      throw new IllegalStateException("a session of a loop that this hub does not know");
    }
    return loop;
  }

  /**
   * Sends all sessions away, each at its own time: the times of the whole node's sessions lie
   * evenly in the given span. Completes when the last wire is gone; a client that does not close
   * its side is waited for as long as a closing session is.
   */
  public CompletionStage<Void> drain(long spanMillis) {
    spreadMillis = spanMillis;
    draining = true;
    List<Session> all = all();
    for (int i = 0; i < all.size(); i++) {
      Session session = all.get(i);
      long delayMillis = spanMillis * i / all.size();
      session.onLoop(() -> session.drain(delayMillis));
    }
    completeIfDrained();
    return drained;
  }

  /**
   * Ends all sessions that are left, as far as their sockets take a last word. Completes when each
   * loop has done so.
   */
  public CompletionStage<Void> shutDown() {
    return CompletableFuture.allOf(
        loops.values().stream()
            .map(loop -> CompletableFuture.runAsync(loop::shutDown, loop.shared().loop()))
            .toArray(CompletableFuture[]::new));
  }

  private void completeIfDrained() {
    if (draining && wires.get() == 0) {
      drained.complete(null);
    }
  }

  /** Lets go of the loops' buffers; after all have ended. */
  public void release() {
    loops.values().forEach(LoopHub::release);
  }
}
