package io.pushgate.gateway.admin;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.util.NetUtil;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.http.Quoted;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.routing.Router;
import io.pushgate.gateway.routing.Whereabouts;
import io.pushgate.gateway.session.SessionView;
import io.pushgate.protocol.UserId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes the answers that tell something of the gateway, on the port's own thread. Any thread. */
final class LookUps {
  private static final Comparator<SessionView> SLOWEST_FIRST =
      Comparator.comparingInt(SessionView::behind)
          .thenComparingInt(SessionView::queuedBytes)
          .reversed()
          .thenComparingLong(SessionView::connectedMillis);

  private final Metrics metrics;
  private final Sessions sessions;
  private final Refusals refusals;
  private final Router router;
  private final Executor slow;

  LookUps(Metrics metrics, Sessions sessions, Refusals refusals, Router router, Executor slow) {
    this.metrics = metrics;
    this.sessions = sessions;
    this.refusals = refusals;
    this.router = router;
    this.slow = slow;
  }

  /** One session as it is listed; the names are the answer's. */
  private record Listed(
      String session,
      @Nullable String user,
      String transport,
      String address,
      long connectedMs,
      String cursor,
      int behind,
      int queuedBytes,
      @Nullable String why) {

    static Listed of(SessionView view, boolean withUser) {
      return new Listed(
          view.session(),
          withUser ? view.request().user().value() : null,
          view.request().format().name().toLowerCase(Locale.ROOT),
          NetUtil.toAddressString(view.request().client()),
          view.connectedMillis(),
          view.cursor().toString(),
          view.behind(),
          view.queuedBytes(),
          view.pause().isEmpty() ? null : view.pause());
    }
  }

  private record OfUser(String user, List<Listed> sessions) {}

  private record OfAll(List<Listed> sessions) {}

  private record Refused(List<Refusals.Series> refusals) {}

  CompletionStage<FullHttpResponse> scrape() {
    return CompletableFuture.supplyAsync(() -> Answers.metrics(metrics.scrape()), slow);
  }

  CompletionStage<FullHttpResponse> user(UserId user) {
    return sessions
        .of(user)
        .thenApplyAsync(
            views ->
                Answers.json(
                    new OfUser(
                        user.value(), views.stream().map(view -> Listed.of(view, false)).toList())),
            slow);
  }

  CompletionStage<FullHttpResponse> sessions(boolean behindOnly, int limit) {
    return sessions
        .all()
        .thenApplyAsync(
            views ->
                Answers.json(
                    new OfAll(
                        views.stream()
                            .filter(view -> view.behind() > 0 || !behindOnly)
                            .sorted(SLOWEST_FIRST)
                            .limit(limit)
                            .map(view -> Listed.of(view, true))
                            .toList())),
            slow);
  }

  /** The path of the newest notification with this id. */
  CompletionStage<FullHttpResponse> notification(String id) {
    return router
        .trace(id)
        .handleAsync(
            (found, failure) ->
                failure == null ? found(id, found) : Orders.failed("tell of it", failure),
            slow);
  }

  private static FullHttpResponse found(String id, @Nullable Whereabouts found) {
    return found == null
        ? Problem.of(ProblemCode.NOT_FOUND, "nothing is known of a notification " + Quoted.text(id))
            .response()
        : Answers.json(PathOfNotification.of(found));
  }

  CompletionStage<FullHttpResponse> refusals() {
    return CompletableFuture.supplyAsync(() -> Answers.json(new Refused(refusals.latest())), slow);
  }
}
