package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.Sighting.Seen;
import io.pushgate.gateway.doctor.probe.Answer;
import io.pushgate.gateway.doctor.probe.Arrival;
import io.pushgate.gateway.doctor.probe.Ask;
import io.pushgate.gateway.doctor.probe.Deadline;
import io.pushgate.gateway.doctor.probe.SiteUrl;
import io.pushgate.gateway.doctor.probe.Witness;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sends the doctor's requests to the site, one after the other and no faster than a few people
 * would, so that the doctor trips no limit that browsers do not. One thread.
 */
final class PublicSide {
  static final Duration ROOT_PATIENCE = Duration.ofSeconds(5);
  static final Duration HANDSHAKE_PATIENCE = Duration.ofSeconds(10);
  private static final Set<Integer> TOO_LARGE = Set.of(400, 413, 414, 431, 494);
  private static final Duration PACE = Duration.ofMillis(200);

  /** A limit by rate lets one more through after this. */
  private static final Duration AGAIN = Duration.ofMillis(1500);

  private final Evidence evidence;
  private Deadline next = Deadline.in(Duration.ZERO);

  PublicSide(Evidence evidence) {
    this.evidence = evidence;
  }

  static Deadline aMoment() {
    return Deadline.in(ROOT_PATIENCE);
  }

  /** A browser's handshake for a user, who is percent-encoded. */
  Answer handshake(String user, Duration patience) {
    return send(handshakeOf(user), patience);
  }

  /** The request of such a handshake. */
  Ask handshakeOf(String user) {
    Plan plan = evidence.plan;
    return handshakeAt(plan.site().path("ws", user)).withToken(token());
  }

  /** A browser's handshake on some path, without any token. */
  Ask handshakeAt(String target) {
    return Ask.handshake(evidence.plan.site(), target, Optional.of(evidence.plan.origin()));
  }

  /** Sends a request when its turn has come. */
  Answer send(Ask ask, Duration patience) {
    next.await();
    next = Deadline.in(PACE);
    return sendNow(ask, patience);
  }

  /** Sends it at once. */
  Answer sendNow(Ask ask, Duration patience) {
    return evidence.exchange.send(ask, evidence.address().orElseThrow(), patience);
  }

  /**
   * Sends it, and once more where a limit of a proxy was in its way, or one of several servers
   * behind it that is down. The tunnel is closed.
   */
  Answer sendPatiently(Ask ask) {
    Answer answer = send(ask, HANDSHAKE_PATIENCE);
    if (answer.status() == 502 || answer.status() == 504) {
      answer.close();
      int first = answer.status();
      answer = send(ask, HANDSHAKE_PATIENCE);
      if (evidence.isGood(answer)) {
        evidence.findings.stumbled(first);
      }
    }
    if (isLimited(answer)) {
      Deadline.in(AGAIN).await();
      answer = send(ask, HANDSHAKE_PATIENCE);
    }
    answer.close();
    return answer;
  }

  /** Whether a request may have been refused for its size. */
  static boolean isTooLarge(Answer answer) {
    return TOO_LARGE.contains(answer.status());
  }

  /** Whether a proxy refuses because there are too many, or too fast. */
  static boolean isLimited(Answer answer) {
    return answer.gateway().isEmpty() && (answer.status() == 429 || answer.status() == 503);
  }

  /** What the gateway says of the request behind an answer. */
  Sighting sighting(Answer answer) {
    boolean arrived = answer.switched() || answer.gateway().isPresent();
    for (Witness witness : evidence.witnesses()) {
      Optional<List<Arrival>> arrivals = witness.arrivals(answer.ask());
      if (arrivals.isPresent() && !arrivals.get().isEmpty()) {
        return new Sighting(Seen.YES, Optional.of(theOneAnswered(arrivals.get())));
      }
      if (arrivals.isPresent() && !arrived) {
        return Sighting.NO;
      }
    }
    // Another node of several than the one that can be asked: what it refused, it described.
    return arrived ? new Sighting(Seen.YES, Arrival.ofRefusal(answer)) : Sighting.UNKNOWN;
  }

  /**
   * A proxy that tries a second node sends the same request twice: the newest counts. One that
   * mirrors requests sends a copy, which is no handshake and is not the one that was answered.
   */
  private static Arrival theOneAnswered(List<Arrival> arrivals) {
    return arrivals.stream()
        .filter(arrival -> arrival.says("Upgrade", "websocket"))
        .reduce((older, newer) -> newer)
        .orElse(arrivals.get(arrivals.size() - 1));
  }

  /** Whether a request came to the gateway, whatever that said. */
  boolean reaches(Answer answer) {
    return answer.switched() || answer.gateway().isPresent() || sighting(answer).arrived();
  }

  boolean sendsToken() {
    return token().isPresent();
  }

  private Optional<String> token() {
    return evidence.address().flatMap(at -> tokenFor(evidence.plan, evidence.plan.site(), at));
  }

  /** A token goes over TLS, or to this machine, and nowhere else. */
  static Optional<String> tokenFor(Plan plan, SiteUrl url, InetSocketAddress at) {
    boolean safe = url.secure() || (!at.isUnresolved() && at.getAddress().isLoopbackAddress());
    return safe ? plan.token() : Optional.empty();
  }
}
