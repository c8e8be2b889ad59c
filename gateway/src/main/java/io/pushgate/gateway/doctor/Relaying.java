package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.Answer;
import io.pushgate.gateway.doctor.probe.Answer.Outcome;
import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What nginx gets from the upstream that it passes a handshake to, or does not get, or does not
 * hand on. Any thread.
 */
final class Relaying {
  private static final int TRIES = 5;

  private Relaying() {}

  /** The gateway refused, and something else answered for it. */
  static Optional<Diagnosis> masked(Evidence evidence) {
    Answer answer = evidence.handshake();
    if (answer.gateway().isPresent()
        || !answer.answered()
        || answer.switched()
        || answer.status() == 502
        || answer.status() == 504
        || !evidence.sighting().arrived()) {
      return Optional.empty();
    }
    List<Edit> edits = new ArrayList<>(Mending.inLocation(evidence, Lines.INTERCEPT_OFF));
    Optional<Diagnosis> refused = Arriving.fault(evidence, evidence.sighting());
    refused.ifPresent(why -> edits.addAll(why.edits()));
    return Optional.of(
        Diagnosis.of(
                "refusal_masked",
                Hop.NGINX,
                "the gateway's answer is replaced by the site's error page"
                    + refused.map(why -> "; behind it: " + why.summary()).orElse(""))
            .evidence(
                refused.map(Diagnosis::sent).orElse("a handshake"),
                answer.summary() + refused.map(why -> "; the gateway saw " + why.seen()).orElse(""))
            .mendedBy(edits));
  }

  /** nginx could not get an answer from what it takes for the gateway. */
  static Optional<Diagnosis> noUpstream(Evidence evidence) {
    Answer answer = evidence.handshake();
    boolean bad = answer.status() == 502;
    boolean late = answer.status() == 504 || answer.outcome() == Outcome.SILENT;
    if ((!bad && !late) || answer.gateway().isPresent()) {
      return Optional.empty();
    }
    if (evidence.sighting().arrived()) {
      return Optional.of(answerLost(evidence, answer));
    }
    for (int i = 0; bad && i < TRIES; i++) {
      if (evidence.opensAgain()) {
        return Optional.of(
            Crowding.peerDown(evidence, "handshakes one after the other", "some 502, some 101"));
      }
    }
    String gateway = evidence.gatewayAddress();
    return Optional.of(
        Diagnosis.of(
                bad ? "wrong_upstream" : "upstream_unreachable",
                Hop.NGINX,
                bad
                    ? "nginx gets no HTTP answer where its proxy_pass or upstream points"
                    : "nginx waits in vain for what its proxy_pass or upstream points to")
            .evidence(
                "a handshake",
                answer.summary() + "; " + evidence.sighting().words() + directly(evidence))
            .mendedBy(
                Mending.inLocation(evidence, Lines.proxyPass(gateway), "proxy_connect_timeout 3s;"))
            .advise(
                "nginx's error log names the address; with SELinux: setsebool -P httpd_can_network_connect 1"));
  }

  private static String directly(Evidence evidence) {
    return evidence.direct().isPresent() ? "; asked directly, it answers" : "";
  }

  private static Diagnosis answerLost(Evidence evidence, Answer answer) {
    return Arriving.fault(evidence, evidence.sighting())
        .orElseGet(
            () ->
                Diagnosis.of(
                        "answer_lost",
                        Hop.NGINX,
                        "the gateway received the handshake, and its answer did not come back")
                    .evidence("a handshake", answer.summary() + " from nginx")
                    .mendedBy(Mending.inLocation(evidence, "proxy_buffer_size 4k;")));
  }

  /** The site's own port speaks plain text, so it is another one that does not. */
  static Optional<Diagnosis> plainToTlsPort(Evidence evidence) {
    return Refusing.wantsTls(evidence.handshake()) && evidence.certificate().isEmpty()
        ? Optional.of(
            Diagnosis.of(
                    "wrong_upstream",
                    Hop.NGINX,
                    "nginx passes plain HTTP to a port that speaks TLS, which the gateway's does not")
                .evidence("a handshake", "400, the plain HTTP request was sent to HTTPS port")
                .mendedBy(Mending.inLocation(evidence, Lines.proxyPass(evidence.gatewayAddress()))))
        : Optional.empty();
  }

  static Optional<Diagnosis> noHttp(Evidence evidence) {
    Answer answer = evidence.handshake();
    return answer.outcome() == Outcome.NOT_HTTP
        ? Optional.of(
            Diagnosis.of(
                    "wrong_upstream",
                    Hop.NGINX,
                    "what answers speaks no HTTP: the URL's port, or the one nginx passes to, is another service's")
                .evidence("a handshake", answer.detail())
                .mendedBy(Mending.inLocation(evidence, Lines.proxyPass(evidence.gatewayAddress()))))
        : Optional.empty();
  }
}
