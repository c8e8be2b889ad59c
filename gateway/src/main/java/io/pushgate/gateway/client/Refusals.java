package io.pushgate.gateway.client;

import io.netty.handler.codec.http.HttpMethod;
import io.pushgate.gateway.client.witness.Attempts;
import io.pushgate.gateway.client.witness.Hop;
import io.pushgate.gateway.client.witness.ProxyFix;
import io.pushgate.gateway.client.witness.RefusalLog;
import io.pushgate.gateway.http.Forwarded;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.metrics.Metrics;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/** Adds to a refusal what helps to mend its cause, and writes it down. Any thread. */
final class Refusals {
  private static final String API = "/api/v1/notifications/";
  private static final int SWITCHING_PROTOCOLS = 101;

  private final Attempts attempts;
  private final RefusalLog log;
  private final Metrics metrics;

  Refusals(Attempts attempts, RefusalLog log, Metrics metrics) {
    this.attempts = attempts;
    this.log = log;
    this.metrics = metrics;
  }

  /** A request was refused; returns the problem as the client is to read it. */
  Problem tell(Problem problem, PublicRequest request) {
    Problem told = problem.with("hop", Hop.of(request.head()));
    Optional<String> fix = ProxyFix.of(request.head());
    if (fix.isPresent()) {
      told = told.with("fix", fix.get());
    }
    Optional<Map<String, Object>> attempt = attemptOf(request);
    if (attempt.isPresent()) {
      told = told.with("attempt", attempt.get());
    }
    remember(request, problem.code().status().code(), Optional.of(problem.code().code()), fix);
    if (request.opensSession()) {
      metrics.handshake(problem.code().code());
    }
    if (request.path().startsWith(API) || Hop.isHandshake(request.headers())) {
      log.record(entry(problem, fix, request.path(), request.peer(), request.client()));
    }
    return told;
  }

  /** Something that is no request was refused. */
  Problem tell(Problem problem, InetAddress peer) {
    metrics.handshake(problem.code().code());
    log.record(entry(problem, Optional.empty(), "", peer, Forwarded.UNKNOWN));
    return problem.with("hop", Map.of());
  }

  /** A handshake was accepted. */
  void accepted(PublicRequest request) {
    metrics.handshake("accepted");
    remember(request, SWITCHING_PROTOCOLS, Optional.empty(), Optional.empty());
  }

  private void remember(
      PublicRequest request, int status, Optional<String> code, Optional<String> fix) {
    if (request.leadsTo(Endpoint.WEBSOCKET) && Hop.isHandshake(request.headers())) {
      WellFormed.cid(request)
          .ifPresent(
              cid -> attempts.record(request.path(), cid, new Attempts.Outcome(status, code, fix)));
    }
  }

  /** A page that asks after its handshake sends a plain GET with the same cid. */
  private Optional<Map<String, Object>> attemptOf(PublicRequest request) {
    boolean asks =
        request.leadsTo(Endpoint.WEBSOCKET)
            && request.head().method().equals(HttpMethod.GET)
            && !Hop.isHandshake(request.headers());
    return asks
        ? WellFormed.cid(request).flatMap(cid -> attempts.tell(request.path(), cid))
        : Optional.empty();
  }

  private static RefusalLog.Refusal entry(
      Problem problem, Optional<String> fix, String path, InetAddress peer, InetAddress client) {
    return new RefusalLog.Refusal(
        problem.code().status().code(),
        problem.code().code(),
        problem.detail(),
        fix,
        path,
        peer,
        client);
  }
}
