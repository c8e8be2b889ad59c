package io.pushgate.gateway.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.pushgate.gateway.config.AdminConfig;
import io.pushgate.gateway.config.Secret;
import io.pushgate.gateway.http.BearerHeader;
import io.pushgate.gateway.http.Network;
import io.pushgate.gateway.http.PageGuard;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.metrics.Metrics;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the admin port: no web page, and, where there is a secret, who knows it. An address
 * that names ten wrong ones is not listened to for the rest of a minute, so that nobody can try
 * them all. Any thread.
 */
final class AdminAccess {
  private static final int MAX_WRONG = 10;
  private static final int MAX_ADDRESSES = 10_000;
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final PageGuard guard;
  private final Optional<Secret> secret;
  private final Metrics metrics;
  private final LongSupplier nanoTime;

  /** The oldest first: that one makes room. */
  private final Map<Network, Wrong> wrong = new LinkedHashMap<>();

  /** How many wrong secrets one address named, since when. */
  private record Wrong(int count, long sinceNanos) {}

  /** Takes the clock, in the manner of {@link System#nanoTime()}. */
  AdminAccess(AdminConfig config, Metrics metrics, LongSupplier nanoTime) {
    this.secret = config.secret();
    this.guard = new PageGuard(true, secret.isPresent());
    this.metrics = metrics;
    this.nanoTime = nanoTime;
    metrics.memory().watchTable("admin-wrong-secrets", this::addresses);
  }

  private synchronized int addresses() {
    return wrong.size();
  }

  /** What keeps a request out, if anything does. */
  Optional<Problem> objection(HttpRequest request, AdminPath.Place place, InetAddress peer) {
    Optional<Problem> page = guard.problem(request.headers());
    return page.isPresent() || secret.isEmpty() || place.isOpen()
        ? page
        : secretProblem(request, Network.of(peer));
  }

  /** The guard alone, for what is nowhere. */
  Optional<Problem> objection(HttpRequest request) {
    return guard.problem(request.headers());
  }

  private synchronized Optional<Problem> secretProblem(HttpRequest request, Network peer) {
    Wrong known = wrong.get(peer);
    long now = nanoTime.getAsLong();
    if (known != null && now - known.sinceNanos() >= MINUTE_NANOS) {
      wrong.remove(peer);
      known = null;
    }
    if (known != null && known.count() >= MAX_WRONG) {
      metrics.limitHit("admin-wrong-secrets");
      return Optional.of(
          Problem.of(ProblemCode.RATE_LIMITED, "too many wrong secrets from this address")
              .withHeader(HttpHeaderNames.RETRY_AFTER, "60"));
    }
    Optional<String> named = BearerHeader.of(request.headers());
    if (named.isEmpty()) {
      return Optional.of(unauthorized("expected Authorization: Bearer with the admin secret"));
    }
    if (secret.orElseThrow().is(named.get())) {
      return Optional.empty();
    }
    count(peer, known, now);
    return Optional.of(unauthorized("this is not the admin secret"));
  }

  private void count(Network peer, @Nullable Wrong known, long now) {
    if (known == null && wrong.size() == MAX_ADDRESSES) {
      wrong.remove(wrong.keySet().iterator().next());
    }
    wrong.put(
        peer, known == null ? new Wrong(1, now) : new Wrong(known.count() + 1, known.sinceNanos()));
  }

  private static Problem unauthorized(String detail) {
    return Problem.of(ProblemCode.UNAUTHORIZED, detail)
        .withHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
  }
}
