package io.pushgate.gateway.client;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.NetUtil;
import io.pushgate.gateway.client.witness.Attempts;
import io.pushgate.gateway.client.witness.Cause;
import io.pushgate.gateway.client.witness.Hop;
import io.pushgate.gateway.client.witness.RefusalLog;
import io.pushgate.gateway.client.witness.Verdict;
import io.pushgate.gateway.http.Forwarded;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.metrics.Metrics;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds to a refusal what helps to mend its cause, and writes it down. Any thread. */
final class Refusals {
  private static final String API = "/api/v1/notifications/";
  private static final String ACCEPTED = "accepted";

  private final Attempts attempts;
  private final RefusalLog log;
  private final Metrics metrics;

  Refusals(Attempts attempts, RefusalLog log, Metrics metrics) {
    this.attempts = attempts;
    this.log = log;
    this.metrics = metrics;
    Stream.of(Cause.values()).forEach(cause -> metrics.refused(cause.wire(), 0));
  }

  /** A request was refused; returns the problem as the client is to read it. */
  Problem tell(Problem problem, PublicRequest request) {
    countLimit(problem.code());
    Optional<Attempts.Answer> attempt = attemptOf(request);
    Verdict verdict = verdict(problem.code(), request, attempt);
    Map<String, String> hop = Hop.of(request.head());
    remember(request, problem, verdict);
    if (request.opensSession()) {
      metrics.handshake(problem.code().code());
    }
    // What became of a handshake that was refused is written down already.
    boolean known =
        attempt.flatMap(Attempts.Answer::outcome).filter(Refusals::isRefusal).isPresent();
    if (!known && (request.path().startsWith(API) || Hop.isHandshake(request.headers()))) {
      write(problem, verdict, request.path(), hop, request.peer(), request.client());
    }
    return told(problem, verdict, hop, attempt);
  }

  private static Problem told(
      Problem problem,
      Verdict verdict,
      Map<String, String> hop,
      Optional<Attempts.Answer> attempt) {
    Problem told = problem.with("hop", hop).with("cause", verdict.cause().wire());
    if (verdict.fix().isPresent()) {
      told = told.with("fix", verdict.fix().get());
    }
    return attempt.isPresent() ? told.with("attempt", attempt.get().members()) : told;
  }

  /** Something that is no request was refused. */
  Problem tell(Problem problem, InetAddress peer) {
    countLimit(problem.code());
    metrics.handshake(problem.code().code());
    Verdict verdict = Verdict.unread(problem.code());
    write(problem, verdict, "", Map.of(), peer, Forwarded.UNKNOWN);
    return told(problem, verdict, Map.of(), Optional.empty());
  }

  private void countLimit(ProblemCode code) {
    switch (code) {
      case TIMEOUT -> metrics.limitHit("handshake-timeout");
      case TOO_LARGE -> metrics.limitHit("request-body");
      case URI_TOO_LONG -> metrics.limitHit("request-line");
      case HEADERS_TOO_LARGE -> metrics.limitHit("request-headers");
      default -> {}
    }
  }

  /** A handshake was accepted with this status; where it is suspect, that is written down. */
  void accepted(PublicRequest request, HttpResponseStatus status) {
    metrics.handshake(ACCEPTED);
    remember(request, new Attempts.Outcome(status.code(), Optional.empty(), Optional.empty()));
    Verdict.accepted(request.evidence())
        .ifPresent(
            verdict ->
                write(
                    new RefusalLog.Refusal(
                        status.code(),
                        ACCEPTED,
                        verdict,
                        "all clients of the proxy count as "
                            + NetUtil.toAddressString(request.client()),
                        request.path(),
                        Hop.of(request.head()),
                        request.peer(),
                        request.client())));
  }

  /** A page that asks in vain is told, and tells, what it asks about. */
  private static Verdict verdict(
      ProblemCode code, PublicRequest request, Optional<Attempts.Answer> attempt) {
    Verdict verdict = Verdict.refused(code, request.evidence());
    if (attempt.isEmpty() || verdict.cause() != Cause.PLAIN_REQUEST) {
      return verdict;
    }
    Optional<Attempts.Outcome> outcome = attempt.get().outcome();
    if (outcome.isEmpty()) {
      return Verdict.of(Cause.HANDSHAKE_LOST);
    }
    return isRefusal(outcome.get()) ? verdict : Verdict.of(Cause.ANSWER_LOST);
  }

  private static boolean isRefusal(Attempts.Outcome outcome) {
    return outcome.code().isPresent();
  }

  private void remember(PublicRequest request, Problem problem, Verdict verdict) {
    remember(
        request,
        new Attempts.Outcome(
            problem.code().status().code(),
            Optional.of(problem.code().code()),
            Optional.of(verdict)));
  }

  private void remember(PublicRequest request, Attempts.Outcome outcome) {
    if (request.leadsTo(Endpoint.WEBSOCKET) && Hop.isHandshake(request.headers())) {
      WellFormed.cid(request).ifPresent(cid -> attempts.record(request.path(), cid, outcome));
    }
  }

  /** A page that asks after its handshake sends a plain GET with the same cid. */
  private Optional<Attempts.Answer> attemptOf(PublicRequest request) {
    boolean asks =
        request.leadsTo(Endpoint.WEBSOCKET)
            && request.head().method().equals(HttpMethod.GET)
            && !Hop.isHandshake(request.headers());
    return asks
        ? WellFormed.cid(request).flatMap(cid -> attempts.tell(request.path(), cid))
        : Optional.empty();
  }

  private void write(
      Problem problem,
      Verdict verdict,
      String path,
      Map<String, String> hop,
      InetAddress peer,
      InetAddress client) {
    write(
        new RefusalLog.Refusal(
            problem.code().status().code(),
            problem.code().code(),
            verdict,
            problem.detail(),
            path,
            hop,
            peer,
            client));
  }

  private void write(RefusalLog.Refusal refusal) {
    metrics.refused(refusal.verdict().cause().wire(), 1);
    log.record(refusal);
  }
}
