package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.Answer;
import io.pushgate.gateway.doctor.probe.Answer.Outcome;
import io.pushgate.gateway.doctor.probe.Ask;
import io.pushgate.gateway.doctor.probe.Presented;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether there is anybody to talk to: the gateway itself, the site's name, its port, its
 * certificate, and a server behind that which speaks HTTP. Any thread.
 */
final class Reaching {
  private static final byte[] PROXY_LINE =
      "PROXY TCP4 127.0.0.1 127.0.0.1 40000 80\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Where no connection is left to a worker, for whoever has to change that. */
  static final String MORE_CONNECTIONS =
      "raise it in events{}, 2 for each WebSocket: worker_connections 32768; the error log then says how many are not enough";

  private static final byte[] HTTP_2 =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Reaching() {}

  static Optional<Diagnosis> gatewayDown(Evidence evidence) {
    return evidence
        .direct()
        .filter(
            direct -> direct.outcome() == Outcome.REFUSED || direct.outcome() == Outcome.UNREACHED)
        .map(
            direct ->
                Diagnosis.of(
                        "gateway_down",
                        Hop.GATEWAY,
                        "nothing takes connections at %s; nginx would answer 502"
                            .formatted(evidence.gatewayAddress()))
                    .evidence("a connection", direct.detail())
                    .advise(
                        "start the gateway, and look at its log and its --public-host and --public-port"));
  }

  static Optional<Diagnosis> gatewaySilent(Evidence evidence) {
    return evidence
        .direct()
        .filter(direct -> direct.outcome() == Outcome.SILENT)
        .map(
            direct ->
                Diagnosis.of(
                        "gateway_silent",
                        Hop.GATEWAY,
                        "%s takes connections and answers nothing"
                            .formatted(evidence.gatewayAddress()))
                    .evidence("a handshake", direct.detail())
                    .advise(
                        "take a thread dump of the gateway (jstack PID) and restart it; browsers wait as long as proxy_read_timeout says"));
  }

  static Optional<Diagnosis> gatewayRefuses(Evidence evidence) {
    return evidence
        .direct()
        .filter(direct -> !direct.switched() && !evidence.wantsToken(direct))
        .map(direct -> Refused.byGateway(direct, "directly, before nginx is involved"));
  }

  static Optional<Diagnosis> noAddress(Evidence evidence) {
    return evidence.addresses().isEmpty()
        ? Optional.of(
            Diagnosis.of(
                    "dns_failed",
                    Hop.DNS,
                    "the name %s has no address".formatted(evidence.plan.site().host()))
                .advise("give the name an A or AAAA record, or correct it in the page's URL"))
        : Optional.empty();
  }

  static Optional<Diagnosis> portClosed(Evidence evidence) {
    if (evidence.address().isPresent()) {
      return Optional.empty();
    }
    boolean refused =
        evidence.roots().values().stream().anyMatch(a -> a.outcome() == Outcome.REFUSED);
    int port = evidence.plan.site().port();
    return Optional.of(
        Diagnosis.of(
                refused ? "port_closed" : "port_silent",
                Hop.NGINX,
                refused
                    ? "nothing listens on port %d of %s".formatted(port, addressesOf(evidence))
                    : "port %d of %s does not answer".formatted(port, addressesOf(evidence)))
            .evidence("a connection", detailsOf(evidence))
            .advise(
                refused
                    ? "start nginx, or let it listen there: systemctl status nginx; ss -ltn"
                    : "open the port in the firewall; the address may be of another machine"));
  }

  static Optional<Diagnosis> certificate(Evidence evidence) {
    Answer root = evidence.root();
    if (root.outcome() != Outcome.TLS_FAILED) {
      return Optional.empty();
    }
    Optional<Presented> shown = evidence.certificate();
    if (shown.isEmpty()) {
      return Optional.of(
          Diagnosis.of(
                  "tls_failed",
                  Hop.TLS,
                  "port %d does not speak TLS with this name"
                      .formatted(evidence.plan.site().port()))
              .evidence("TLS, name " + evidence.plan.site().host(), root.detail())
              .advise(
                  "let it: listen %d ssl; or use ws:// where the page is http://"
                      .formatted(evidence.plan.site().port())));
    }
    String fault = faultOf(shown.get(), evidence.plan.site().address());
    return Optional.of(
        Diagnosis.of(
                "certificate", Hop.TLS, "the certificate " + fault + "; browsers show 1006 only")
            .evidence(
                "TLS, name " + evidence.plan.site().host(),
                "a certificate for %s until %s, by %s"
                    .formatted(
                        String.join(", ", shown.get().names()),
                        shown.get().lastDay(),
                        shown.get().issuer()))
            .advise("renew the certificate, for this name, from an issuer that browsers trust"));
  }

  private static String faultOf(Presented shown, String host) {
    Instant now = Instant.now();
    if (shown.isExpired(now)) {
      return "expired on " + shown.lastDay();
    }
    if (shown.isEarly(now)) {
      return "is not valid before " + shown.from();
    }
    return shown.names(host)
        ? "is of an issuer that nobody trusts, or its chain is not sent"
        : "is not for " + host;
  }

  static Optional<Diagnosis> closedUnheard(Evidence evidence) {
    if (!isUnheard(evidence.handshake()) || !isUnheard(evidence.root())) {
      return Optional.empty();
    }
    Diagnosis closed =
        Diagnosis.of(
                "closed_unheard",
                Hop.NGINX,
                "port %d takes connections and ends them before a word is said"
                    .formatted(evidence.plan.site().port()))
            .evidence("a handshake; GET /", "closed without an answer, both");
    if (refusesNonsense(evidence)) {
      return Optional.of(
          Diagnosis.of(
                  "forbidden_by_proxy",
                  Hop.NGINX,
                  "nginx closes without a word what it has read: no server there is named %s, or it returns 444"
                      .formatted(evidence.plan.site().host()))
              .evidence(
                  "a handshake; GET /; a length that is no number", "closed; closed; an answer")
              .advise(
                  "server_name %s; in the server that is meant"
                      .formatted(evidence.plan.site().host())));
    }
    if (answersBehind(evidence, PROXY_LINE)) {
      return Optional.of(
          closed.advise(
              "take proxy_protocol out of this listen line, or let the load balancer before it send it"));
    }
    if (evidence.root().isHttp2Alone() || answersBehind(evidence, HTTP_2)) {
      return Optional.of(
          closed.advise(
              "this listener speaks HTTP/2 alone: take http2 out of its listen line (nginx before 1.25.1 without TLS)"));
    }
    return Optional.of(closed.advise(MORE_CONNECTIONS));
  }

  /** What is no request nginx refuses in words, before any rule of a server is asked. */
  static boolean refusesNonsense(Evidence evidence) {
    Ask nonsense = Ask.get(evidence.plan.site(), "/").with("Content-Length", "none");
    return evidence
        .exchange
        .send(nonsense, evidence.address().orElseThrow(), PublicSide.ROOT_PATIENCE)
        .answered();
  }

  private static boolean isUnheard(Answer answer) {
    return answer.outcome() == Outcome.CLOSED || answer.isHttp2Alone();
  }

  /** Whether the listener finds its tongue when something else comes first. */
  private static boolean answersBehind(Evidence evidence, byte[] preface) {
    Answer answer =
        evidence.exchange.send(
            Ask.get(evidence.plan.site(), "/"),
            evidence.address().orElseThrow(),
            PublicSide.ROOT_PATIENCE,
            preface);
    return answer.outcome() == Outcome.ANSWERED || answer.outcome() == Outcome.NOT_HTTP;
  }

  static Optional<Diagnosis> neverAnswered(Evidence evidence) {
    return evidence.handshake().outcome() == Outcome.SILENT
            && evidence.root().outcome() == Outcome.SILENT
        ? Optional.of(
            Diagnosis.of(
                    "never_answered",
                    Hop.NGINX,
                    "port %d takes connections and answers nothing at all"
                        .formatted(evidence.plan.site().port()))
                .evidence("a handshake; GET /", evidence.handshake().detail())
                .advise(
                    "look for 'accept4() failed (24: Too many open files)' in nginx's error log: worker_rlimit_nofile 65536; and LimitNOFILE of its unit"))
        : Optional.empty();
  }

  /** A page that meets the dead address first waits for it. */
  static Optional<Diagnosis> someAddressDead(Evidence evidence) {
    List<String> dead =
        evidence.roots().entrySet().stream()
            .filter(entry -> !entry.getKey().isLoopbackAddress())
            .filter(
                entry ->
                    entry.getValue().outcome() == Outcome.REFUSED
                        || entry.getValue().outcome() == Outcome.UNREACHED)
            .map(entry -> entry.getKey().getHostAddress() + ": " + entry.getValue().detail())
            .toList();
    return dead.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Diagnosis.of("address_dead", Hop.DNS, "not every address of the name takes connections")
                .evidence(addressesOf(evidence), String.join("; ", dead))
                .advise(
                    "for an IPv6 address: listen [::]:%d; or take it out of DNS"
                        .formatted(evidence.plan.site().port())));
  }

  private static String addressesOf(Evidence evidence) {
    return evidence.addresses().stream()
        .map(InetAddress::getHostAddress)
        .collect(Collectors.joining(", "));
  }

  private static String detailsOf(Evidence evidence) {
    return evidence.roots().values().stream()
        .map(Answer::detail)
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
