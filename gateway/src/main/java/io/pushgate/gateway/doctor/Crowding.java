package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.Answer;
import io.pushgate.gateway.doctor.probe.Answer.Outcome;
import io.pushgate.gateway.doctor.probe.Deadline;
import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.Edit.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What becomes of several WebSockets of one address: five at once, then five in a row, as an office
 * of five people has them. Any thread.
 */
final class Crowding {
  private static final int CROWD = 5;

  /** By then a proxy has counted the closed connections out. */
  private static final Duration SETTLE = Duration.ofMillis(500);

  /** By then a limit by rate has forgotten what a slow office asked for before. */
  private static final Duration FORGOTTEN = Duration.ofSeconds(10);

  private static final String CONNECTIONS_ZONE =
      "limit_conn_zone $binary_remote_addr zone=pushgate_crowd:10m;";
  private static final String REQUESTS_ZONE =
      "limit_req_zone $binary_remote_addr zone=pushgate_rush:10m rate=50r/s;";

  /** Milliseconds in which a handshake that nothing delays is long answered. */
  private static final int BLINK = 1_000;

  /** Milliseconds that nobody should wait for one of several tabs. */
  private static final int TOO_LATE = 2_000;

  private Crowding() {}

  /**
   * A limit by rate remembers all that the doctor asked for before this, which no office does: what
   * is refused then is tried once more after a while.
   */
  static Optional<Diagnosis> limits(Evidence evidence) {
    Optional<Diagnosis> limit = crowd(evidence);
    if (limit.filter(found -> found.code().equals("rate_limit")).isPresent()) {
      Deadline.in(FORGOTTEN).await();
      return crowd(evidence);
    }
    return limit;
  }

  private static Optional<Diagnosis> crowd(Evidence evidence) {
    List<Answer> held = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      held.add(open(evidence));
    }
    boolean full = isFull(evidence, held);
    held.forEach(Answer::close);
    Deadline.in(SETTLE).await();
    List<Answer> row = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      Answer answer = open(evidence);
      answer.close();
      row.add(answer);
    }
    if (row.stream().anyMatch(PublicSide::isLimited)) {
      return Optional.of(rateLimited(evidence, CROWD + " handshakes in a row", words(row)));
    }
    boolean later = row.stream().anyMatch(answer -> isTurnedAway(evidence, answer));
    if (full && !later) {
      return Optional.of(usedUp(held));
    }
    if (!later && held.stream().anyMatch(answer -> isTurnedAway(evidence, answer))) {
      return Optional.of(
          Diagnosis.of(
                  "connection_limit",
                  Hop.NGINX,
                  "limit_conn lets one address have fewer WebSockets than an office needs")
              .evidence(CROWD + " WebSockets held at once", words(held))
              .mendedBy(limit(evidence, CONNECTIONS_ZONE, "limit_conn pushgate_crowd 1000;")));
    }
    if (isDelayed(evidence, row)) {
      return Optional.of(rateLimited(evidence, CROWD + " handshakes in a row", times(row)));
    }
    row.addAll(held);
    boolean mixed =
        row.stream().anyMatch(a -> a.answered() && a.gateway().isEmpty() && !evidence.isGood(a));
    if (mixed) {
      return Optional.of(peerDown(evidence, "ten handshakes", words(row)));
    }
    // nginx forgets a server that failed for some seconds, so that one failure is all there is.
    return evidence
        .findings
        .stumbles()
        .map(first -> peerDown(evidence, "the same handshake twice", first + ", then it opened"));
  }

  /**
   * Whether nginx has no connection left: it ends them before it has read a word, or fails where it
   * needs one more to the gateway.
   */
  private static boolean isFull(Evidence evidence, List<Answer> held) {
    boolean ended = held.stream().anyMatch(answer -> answer.outcome() == Outcome.CLOSED);
    boolean failed =
        held.stream().anyMatch(answer -> answer.status() == 500 && answer.gateway().isEmpty());
    return failed || ended && !Reaching.refusesNonsense(evidence);
  }

  private static Diagnosis usedUp(List<Answer> held) {
    return Diagnosis.of(
            "closed_unheard",
            Hop.NGINX,
            "nginx takes no more while a few WebSockets are open: its worker_connections are used up")
        .evidence(CROWD + " WebSockets held at once", words(held))
        .advise(Reaching.MORE_CONNECTIONS);
  }

  /** A limit by rate may let all of them wait instead of refusing some. */
  private static boolean isDelayed(Evidence evidence, List<Answer> row) {
    // The first one met no limit yet: where it was late, it is for another reason.
    boolean allAreSlow = evidence.handshake().millis() > BLINK;
    long late = row.stream().filter(answer -> answer.millis() > TOO_LATE).count();
    return !allAreSlow && late >= CROWD - 1;
  }

  /** By nginx itself, in whatever words or without any, and for no want of a server behind it. */
  private static boolean isTurnedAway(Evidence evidence, Answer answer) {
    return answer.gateway().isEmpty()
        && !evidence.isGood(answer)
        && answer.status() != 502
        && answer.status() != 504;
  }

  private static Answer open(Evidence evidence) {
    return evidence.site.sendNow(
        evidence.site.handshakeOf(evidence.plan.user()), PublicSide.HANDSHAKE_PATIENCE);
  }

  static Diagnosis rateLimited(Evidence evidence, String sent, String seen) {
    return Diagnosis.of(
            "rate_limit",
            Hop.NGINX,
            "limit_req lets one address open WebSockets more slowly than an office comes back after a cut")
        .evidence(sent, seen)
        .mendedBy(
            limit(evidence, REQUESTS_ZONE, "limit_req zone=pushgate_rush burst=500 nodelay;"));
  }

  /** A limit of the location's own stands instead of those that it would inherit. */
  private static List<Edit> limit(Evidence evidence, String zone, String line) {
    List<Edit> edits = new ArrayList<>();
    edits.add(new Edit(Place.HTTP, Mending.path(evidence), List.of(zone)));
    edits.addAll(Mending.inLocation(evidence, line));
    return edits;
  }

  static Diagnosis peerDown(Evidence evidence, String sent, String seen) {
    return Diagnosis.of(
            "upstream_peer_down",
            Hop.NGINX,
            "one of the upstream's servers does not answer, or is no gateway, and nginx does not try the next one")
        .evidence(sent, seen)
        .mendedBy(
            Mending.inLocation(
                evidence,
                "proxy_next_upstream error timeout http_503;",
                "proxy_connect_timeout 3s;"))
        .advise("mend that server, or take it out of the upstream; the error log names it");
  }

  private static String times(List<Answer> answers) {
    return answers.stream()
        .map(answer -> answer.summary() + " after " + answer.millis() + " ms")
        .collect(Collectors.joining(", "));
  }

  private static String words(List<Answer> answers) {
    StringBuilder words = new StringBuilder();
    for (Answer answer : answers) {
      words.append(words.isEmpty() ? "" : ", ");
      words.append(answer.status() == 0 ? answer.detail() : answer.status());
    }
    return words.toString();
  }
}
