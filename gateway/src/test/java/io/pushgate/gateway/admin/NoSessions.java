package io.pushgate.gateway.admin;

import io.pushgate.gateway.session.SessionView;
import io.pushgate.protocol.UserId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A gateway that nobody is connected to. Any thread. */
final class NoSessions implements Sessions {
  @Override
  public CompletionStage<List<SessionView>> of(UserId user) {
    return CompletableFuture.completedFuture(List.of());
  }

  @Override
  public CompletionStage<List<SessionView>> all() {
    return of(UserId.of("nobody"));
  }
}
