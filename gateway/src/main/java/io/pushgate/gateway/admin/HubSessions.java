package io.pushgate.gateway.admin;

import io.netty.channel.EventLoop;
import io.pushgate.gateway.hub.Hub;
import io.pushgate.gateway.session.Session;
import io.pushgate.gateway.session.SessionView;
import io.pushgate.protocol.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Looks at the sessions that this node's hub knows. Any thread. */
public final class HubSessions implements Sessions {
  /** Sessions that one task looks at, so that a loop with many still serves them in between. */
  private static final int SLICE = 256;

  private final Hub hub;

  /** Takes the hub whose sessions are looked at. */
  public HubSessions(Hub hub) {
    this.hub = hub;
  }

  @Override
  public CompletionStage<List<SessionView>> of(UserId user) {
    return views(hub.sessions(user));
  }

  @Override
  public CompletionStage<List<SessionView>> all() {
    return views(hub.all());
  }

  private static CompletionStage<List<SessionView>> views(List<Session> sessions) {
    Map<EventLoop, List<Session>> byLoop = new HashMap<>();
    for (Session session : sessions) {
      byLoop.computeIfAbsent(session.shared().loop(), loop -> new ArrayList<>()).add(session);
    }
    CompletableFuture<List<SessionView>> all =
        CompletableFuture.completedFuture(new ArrayList<>(sessions.size()));
    for (Map.Entry<EventLoop, List<Session>> ofLoop : byLoop.entrySet()) {
      List<Session> local = ofLoop.getValue();
      for (int from = 0; from < local.size(); from += SLICE) {
        List<Session> slice = local.subList(from, Math.min(from + SLICE, local.size()));
        all =
            all.thenCombine(
                CompletableFuture.supplyAsync(
                    () -> slice.stream().map(Session::view).toList(), ofLoop.getKey()),
                HubSessions::joined);
      }
    }
    return all;
  }

  private static List<SessionView> joined(List<SessionView> before, List<SessionView> slice) {
    before.addAll(slice);
    return before;
  }
}
