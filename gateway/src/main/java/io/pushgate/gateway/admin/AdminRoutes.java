package io.pushgate.gateway.admin;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.pushgate.gateway.http.PercentText;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.http.Quoted;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.Names;
import io.pushgate.protocol.UserId;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** Which request of the admin port is answered how. Any thread. */
final class AdminRoutes {
  private static final Problem OVERLOADED =
      Problem.of(ProblemCode.OVERLOADED, "too many requests wait for their answers")
          .withHeader(HttpHeaderNames.RETRY_AFTER, "1");

  private final AdminAccess access;
  private final Health health;
  private final LookUps lookUps;
  private final Orders orders;

  AdminRoutes(AdminAccess access, Health health, LookUps lookUps, Orders orders) {
    this.access = access;
    this.health = health;
    this.lookUps = lookUps;
    this.orders = orders;
  }

  /** Answers a well-formed request without a body, on any thread. */
  CompletionStage<FullHttpResponse> answer(HttpRequest request, InetAddress peer) {
    String uri = request.uri();
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    AdminPath place = AdminPath.of(path);
    Optional<Problem> forbidden =
        place == null ? access.objection(request) : access.objection(request, place.place(), peer);
    if (forbidden.isPresent()) {
      return refused(forbidden.get());
    }
    if (place == null) {
      return refused(Problem.of(ProblemCode.NOT_FOUND, "there is nothing at " + Quoted.text(path)));
    }
    if (!place.takes(request.method())) {
      return refused(
          Problem.of(
                  ProblemCode.METHOD_NOT_ALLOWED,
                  "expected %s, not %s"
                      .formatted(place.allow(), Quoted.text(request.method().name())))
              .withHeader(HttpHeaderNames.ALLOW, place.allow()));
    }
    try {
      return known(place, request).exceptionally(AdminRoutes::overloadedOrThrow);
    } catch (RejectedExecutionException full) {
      return refused(OVERLOADED);
    } catch (IllegalArgumentException badQuery) {
      return refused(Problem.of(ProblemCode.BAD_REQUEST, "the query is not percent-encoded UTF-8"));
    }
  }

  /**
   * Does what was accepted, once that was told: a gateway with nobody on it may be gone before its
   * answer is.
   */
  void carryOut() {
    health.drain();
  }

  private CompletionStage<FullHttpResponse> known(AdminPath path, HttpRequest request) {
    return switch (path.place()) {
      case LIVEZ -> done(Answers.text("alive\n"));
      case READYZ -> done(readiness());
      case METRICS -> lookUps.scrape();
      case SESSIONS -> sessions(request.uri());
      case REFUSALS -> lookUps.refusals();
      case USER ->
          request.method().equals(HttpMethod.DELETE)
              ? user(path.name(), orders::forget)
              : user(path.name(), lookUps::user);
      case DISCONNECT -> user(path.name(), user -> done(orders.disconnect(user)));
      case NOTIFICATION -> notification(path.name());
      case BACKUP -> orders.backup();
      case DRAIN -> done(Answers.accepted());
    };
  }

  private FullHttpResponse readiness() {
    return switch (health.state()) {
      case READY -> Answers.text("ready\n");
      case STARTING -> notReady(ProblemCode.UNAVAILABLE, "the gateway is starting");
      case DRAINING -> notReady(ProblemCode.DRAINING, "the gateway is draining");
      case UNAVAILABLE -> notReady(ProblemCode.UNAVAILABLE, unavailable(health.trouble()));
    };
  }

  private static String unavailable(String trouble) {
    return "the journals take nothing" + (trouble.isEmpty() ? "" : ": " + trouble);
  }

  private static FullHttpResponse notReady(ProblemCode code, String detail) {
    return Problem.of(code, detail).response();
  }

  private CompletionStage<FullHttpResponse> user(
      String segment, Function<UserId, CompletionStage<FullHttpResponse>> answer) {
    Optional<String> name = PercentText.decode(segment);
    String fault = name.isEmpty() ? "is no percent-encoded UTF-8" : UserId.fault(name.get());
    return fault == null
        ? answer.apply(UserId.of(name.orElseThrow()))
        : refused(
            Problem.of(
                ProblemCode.BAD_USER, "the user's name " + Quoted.text(segment) + " " + fault));
  }

  private CompletionStage<FullHttpResponse> notification(String segment) {
    Optional<String> id = PercentText.decode(segment);
    String fault =
        id.isEmpty() ? "is no percent-encoded UTF-8" : Names.fault(id.get(), Limits.MAX_NAME_BYTES);
    return fault == null
        ? lookUps.notification(id.orElseThrow())
        : refused(
            Problem.of(ProblemCode.BAD_REQUEST, "the id " + Quoted.text(segment) + " " + fault));
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
