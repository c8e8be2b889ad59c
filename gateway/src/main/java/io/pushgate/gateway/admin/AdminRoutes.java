package io.pushgate.gateway.admin;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.pushgate.gateway.http.PageGuard;
import io.pushgate.gateway.http.PercentText;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.http.Quoted;
import io.pushgate.protocol.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/** Which request of the admin port is answered how. Any thread. */
final class AdminRoutes {
  private static final String USERS = "/api/users/";
  private static final PageGuard GUARD = new PageGuard(true, false);
  private static final Problem OVERLOADED =
      Problem.of(ProblemCode.OVERLOADED, "too many requests wait for their answers")
          .withHeader(HttpHeaderNames.RETRY_AFTER, "1");

  private final Health health;
  private final LookUps lookUps;

  AdminRoutes(Health health, LookUps lookUps) {
    this.health = health;
    this.lookUps = lookUps;
  }

  /** Answers a well-formed request without a body, on any thread. */
  CompletionStage<FullHttpResponse> answer(HttpRequest request) {
    Optional<Problem> forbidden = GUARD.problem(request.headers());
    if (forbidden.isPresent()) {
      return refused(forbidden.get());
    }
    String uri = request.uri();
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    if (!isKnown(path)) {
      return refused(Problem.of(ProblemCode.NOT_FOUND, "there is nothing at " + Quoted.text(path)));
    }
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      return refused(
          Problem.of(
                  ProblemCode.METHOD_NOT_ALLOWED,
                  "expected GET or HEAD, not " + Quoted.text(request.method().name()))
              .withHeader(HttpHeaderNames.ALLOW, "GET, HEAD"));
    }
    try {
      return known(path, uri).exceptionally(AdminRoutes::overloadedOrThrow);
    } catch (RejectedExecutionException full) {
      return refused(OVERLOADED);
    } catch (IllegalArgumentException badQuery) {
      return refused(Problem.of(ProblemCode.BAD_REQUEST, "the query is not percent-encoded UTF-8"));
    }
  }

  private static boolean isKnown(String path) {
    return switch (path) {
      case "/livez", "/readyz", "/metrics", "/api/sessions", "/api/refusals" -> true;
      default -> path.startsWith(USERS) && path.indexOf('/', USERS.length()) < 0;
    };
  }

  private CompletionStage<FullHttpResponse> known(String path, String uri) {
    return switch (path) {
      case "/livez" -> done(Answers.text("alive\n"));
      case "/readyz" -> done(readiness());
      case "/metrics" -> lookUps.scrape();
      case "/api/sessions" -> sessions(uri);
      case "/api/refusals" -> lookUps.refusals();
      default -> user(path.substring(USERS.length()));
    };
  }

  private FullHttpResponse readiness() {
    return switch (health.state()) {
      case READY -> Answers.text("ready\n");
      case STARTING -> notReady(ProblemCode.UNAVAILABLE, "the gateway is starting");
      case DRAINING -> notReady(ProblemCode.DRAINING, "the gateway is draining");
      case UNAVAILABLE -> notReady(ProblemCode.UNAVAILABLE, "the journals take nothing");
    };
  }

  private static FullHttpResponse notReady(ProblemCode code, String detail) {
    return Problem.of(code, detail).response();
  }

  private CompletionStage<FullHttpResponse> user(String segment) {
    Optional<String> name = PercentText.decode(segment);
    String fault = name.isEmpty() ? "is no percent-encoded UTF-8" : UserId.fault(name.get());
    return fault == null
        ? lookUps.user(UserId.of(name.orElseThrow()))
        : refused(
            Problem.of(
                ProblemCode.BAD_USER, "the user's name " + Quoted.text(segment) + " " + fault));
  }

  private CompletionStage<FullHttpResponse> sessions(String uri) {
    Map<String, List<String>> query = new QueryStringDecoder(uri).parameters();
    String behind = one(query, "behind", "0");
    String limit = one(query, "limit", Integer.toString(AdminLimits.LISTED));
    boolean inRange =
        limit.matches("[0-9]{1,9}") && Integer.parseInt(limit) <= AdminLimits.MAX_LISTED;
    if (!behind.matches("[01]") || !inRange) {
      return refused(
          Problem.of(
              ProblemCode.BAD_REQUEST,
              "expected behind=0 or 1 and limit=0 to %d, not %s and %s"
                  .formatted(AdminLimits.MAX_LISTED, Quoted.text(behind), Quoted.text(limit))));
    }
    return lookUps.sessions(behind.equals("1"), Integer.parseInt(limit));
  }

  private static String one(Map<String, List<String>> query, String name, String fallback) {
    List<String> values = query.getOrDefault(name, List.of(fallback));
    return String.join(",", values);
  }

  private static FullHttpResponse overloadedOrThrow(Throwable failure) {
    if (failure instanceof RejectedExecutionException
        || failure.getCause() instanceof RejectedExecutionException) {
      return OVERLOADED.response();
    }
    throw new CompletionException(failure);
  }

  private static CompletionStage<FullHttpResponse> refused(Problem problem) {
    return done(problem.response());
  }

  private static CompletionStage<FullHttpResponse> done(FullHttpResponse answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
