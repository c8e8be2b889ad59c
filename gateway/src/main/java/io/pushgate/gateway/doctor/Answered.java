package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.Answer;
import io.pushgate.gateway.doctor.probe.Answer.Outcome;
import io.pushgate.gateway.doctor.probe.Ask;
import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.Edit.Place;
import io.pushgate.gateway.nginx.Lines;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a proxy answered by itself where the gateway was to answer, and what that tells of it. Any
 * thread.
 */
final class Answered {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> FORBIDDEN =
      Set.of(401, 403, 405, 406, 410, 418, 429, 444, 451, 503);
  private static final int TRIES = 5;

  private Answered() {}

  static Optional<Diagnosis> redirected(Evidence evidence) {
    Answer answer = evidence.handshake();
    if (answer.gateway().isPresent() || !REDIRECTS.contains(answer.status())) {
      return Optional.empty();
    }
    String to = answer.header("Location").orElse("nowhere");
    return Optional.of(
        Diagnosis.of(
                "redirected",
                Hop.NGINX,
                "a redirect answers instead of the gateway, and no WebSocket follows one")
            .evidence("GET " + answer.ask().target(), answer.status() + ", Location: " + to)
            .advise("new WebSocket(\"%s\")".formatted(webSocketUrl(evidence, to))));
  }

  /** What the page has to use: where the redirect leads, as far as that is the same path. */
  private static String webSocketUrl(Evidence evidence, String location) {
    String path = Mending.path(evidence);
    try {
      URI to = URI.create(evidence.plan.site().origin()).resolve(location);
      boolean secure = "https".equals(to.getScheme());
      boolean samePath = path.equals(to.getRawPath());
      if (to.getRawAuthority() != null && samePath) {
        return (secure ? "wss://" : "ws://") + to.getRawAuthority() + path;
      }
    } catch (IllegalArgumentException noUrl) {
      // Then only the path is known to be right.
    }
    return evidence.plan.site() + path;
  }

  static Optional<Diagnosis> plainOnTlsPort(Evidence evidence) {
    Answer answer = evidence.handshake();
    boolean said =
        answer.status() == 497
            || answer.status() == 400 && answer.body().contains("sent to HTTPS port");
    return said && answer.gateway().isEmpty()
        ? Optional.of(
            Diagnosis.of(
                    "plain_on_tls_port", Hop.NGINX, "this port speaks TLS: the URL needs wss://")
                .evidence("plain HTTP", "400, the plain HTTP request was sent to HTTPS port")
                .advise(
                    "new WebSocket(\"wss://%s:%d%s\")"
                        .formatted(
                            evidence.plan.site().host(),
                            evidence.plan.site().port(),
                            Mending.path(evidence))))
        : Optional.empty();
  }

  static Optional<Diagnosis> tooLarge(Evidence evidence) {
    Answer answer = evidence.handshake();
    return answer.gateway().isEmpty()
            && PublicSide.isTooLarge(answer)
            && !evidence.sighting().arrived()
        ? Optional.of(headersTooLarge(evidence, answer))
        : Optional.empty();
  }

  static Diagnosis headersTooLarge(Evidence evidence, Answer answer) {
    return Diagnosis.of(
            "headers_too_large", Hop.NGINX, "nginx takes no request with headers of this size")
        .evidence(
            "a handshake of %d bytes".formatted(answer.ask().length()), "HTTP " + answer.status())
        .mendedBy(
            List.of(
                new Edit(
                    Place.SERVER,
                    Mending.path(evidence),
                    List.of("large_client_header_buffers 4 16k;"))))
        .advise("the default_server of this port needs it too; or make the cookies smaller");
  }

  static Optional<Diagnosis> basicAuth(Evidence evidence) {
    Answer answer = evidence.handshake();
    boolean asked =
        answer
            .header("WWW-Authenticate")
            .filter(a -> a.regionMatches(true, 0, "Basic", 0, 5))
            .isPresent();
    return asked && answer.gateway().isEmpty()
        ? Optional.of(
            Diagnosis.of(
                    "basic_auth",
                    Hop.NGINX,
                    "nginx asks for a password, and browsers cannot ask anybody for a WebSocket's")
                .evidence("a handshake", "401, WWW-Authenticate: Basic")
                .mendedBy(Mending.inLocation(evidence, "auth_basic off;")))
        : Optional.empty();
  }

  /**
   * A refusal that nginx's own rules make. Limits are judged by themselves, where a second try
   * opens.
   */
  static Optional<Diagnosis> forbidden(Evidence evidence) {
    Answer answer = evidence.handshake();
    boolean closed = answer.outcome() == Outcome.CLOSED;
    boolean known = closed || FORBIDDEN.contains(answer.status());
    if (!known || answer.gateway().isPresent() || evidence.sighting().arrived()) {
      return Optional.empty();
    }
    if (PublicSide.isLimited(answer) && evidence.isGood(again(evidence))) {
      return Optional.of(Crowding.rateLimited(evidence, "the first handshake", answer.summary()));
    }
    Answer plain =
        evidence.site.sendPatiently(Ask.get(evidence.plan.site(), answer.ask().target()));
    String where =
        answer.route().isPresent()
            ? "in the gateway's own location: deny, limit_except or if"
            : "before the gateway's location: deny, if, return or a firewall's rule";
    return Optional.of(
        Diagnosis.of(
                "forbidden_by_proxy", Hop.NGINX, "nginx refuses by a rule of its own, " + where)
            .evidence(
                "a handshake; the same as a plain GET",
                answer.summary()
                    + "; "
                    + plain.summary()
                    + (plain.gateway().isPresent()
                        ? " by the gateway: the rule looks at Upgrade"
                        : ""))
            .mendedBy(Mending.inLocation(evidence, "allow all;")));
  }

  private static Answer again(Evidence evidence) {
    return evidence.site.sendPatiently(evidence.site.handshakeOf(evidence.plan.user()));
  }

  /** No location leads to the gateway, or some other one takes just this name. */
  static Optional<Diagnosis> notRouted(Evidence evidence) {
    Answer answer = evidence.handshake();
    boolean nginxFailed =
        answer.status() == 502 || answer.status() == 504 || answer.status() == 500;
    if (!answer.answered()
        || answer.gateway().isPresent()
        || answer.switched()
        || nginxFailed
        || evidence.sighting().arrived()) {
      return Optional.empty();
    }
    if (evidence.isGood(again(evidence))) {
      return Optional.of(
          Crowding.peerDown(
              evidence, "the same handshake twice", answer.summary() + ", then it opened"));
    }
    Optional<Diagnosis> thisName = Naming.swallowed(evidence, answer);
    if (thisName.isPresent()) {
      return thisName;
    }
    String probably = evidence.sighting().seen() == Sighting.Seen.UNKNOWN ? "probably " : "";
    return Optional.of(
        Diagnosis.of(
                "not_routed",
                Hop.NGINX,
                probably
                    + "no location of the server that serves %s leads %s to the gateway"
                        .formatted(evidence.plan.site().authority(), Lines.PATH))
            .evidence(
                "GET " + answer.ask().target(),
                "%s%s; %s"
                    .formatted(
                        answer.summary(),
                        answer.header("Content-Type").map(type -> ", " + type).orElse(""),
                        evidence.sighting().words()))
            .mendedBy(Mending.wholeLocation(evidence)));
  }

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
      if (evidence.isGood(again(evidence))) {
        return Optional.of(
            Crowding.peerDown(evidence, "handshakes one after the other", "some 502, some 101"));
      }
    }
    String gateway = evidence.plan.gatewayAddress();
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

  static Optional<Diagnosis> failedByItself(Evidence evidence) {
    Answer answer = evidence.handshake();
    return answer.status() == 500 && answer.gateway().isEmpty() && !evidence.sighting().arrived()
        ? Optional.of(
            Diagnosis.of(
                    "proxy_failed",
                    Hop.NGINX,
                    "nginx fails before it asks the gateway, as where auth_request gets an answer it does not expect")
                .evidence("a handshake", "HTTP 500; " + evidence.sighting().words())
                .mendedBy(Mending.inLocation(evidence, "auth_request off;"))
                .advise("nginx's error log names the cause"))
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
                .mendedBy(
                    Mending.inLocation(evidence, Lines.proxyPass(evidence.plan.gatewayAddress()))))
        : Optional.empty();
  }
}
