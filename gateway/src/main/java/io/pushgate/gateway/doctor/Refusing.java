package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.Answer;
import io.pushgate.gateway.doctor.probe.Answer.Outcome;
import io.pushgate.gateway.doctor.probe.Ask;
import io.pushgate.gateway.doctor.probe.SiteUrl;
import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.Edit.Place;
import io.pushgate.gateway.nginx.Lines;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What nginx refuses by itself where the gateway was to answer, by a rule or for want of one. Any
 * thread.
 */
final class Refusing {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> FORBIDDEN =
      Set.of(401, 403, 405, 406, 410, 418, 429, 444, 451, 503);

  /** Who is let in there is for the gateway to say. */
  private static final String[] OPEN = {"satisfy any;", "allow all;"};

  private Refusing() {}

  static Optional<Diagnosis> redirected(Evidence evidence) {
    Answer answer = evidence.handshake();
    if (answer.gateway().isPresent() || !REDIRECTS.contains(answer.status())) {
      return Optional.empty();
    }
    String to = answer.header("Location").orElse("nowhere");
    String url = webSocketUrl(evidence, to);
    Diagnosis redirected =
        Diagnosis.of(
                "redirected",
                Hop.NGINX,
                "a redirect answers instead of the gateway, and no WebSocket follows one")
            .evidence("GET " + answer.ask().target(), answer.status() + ", Location: " + to);
    boolean elsewhere = !url.equals(here(evidence));
    return Optional.of(
        elsewhere
            ? redirected.advise("new WebSocket(\"%s\")".formatted(url))
            : redirected
                .mendedBy(Mending.wholeLocation(evidence, OPEN))
                .advise(
                    "right where the gateway asks for tokens, not with --open; a redirect outside all locations has to be changed by hand"));
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
    return here(evidence);
  }

  private static String here(Evidence evidence) {
    SiteUrl site = evidence.plan.site();
    return (site.secure() ? "wss://" : "ws://") + site.authority() + Mending.path(evidence);
  }

  static Optional<Diagnosis> plainOnTlsPort(Evidence evidence) {
    return wantsTls(evidence.handshake()) && evidence.certificate().isPresent()
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

  /** Whether nginx, this one or the one it passes to, was spoken to in plain text and says so. */
  static boolean wantsTls(Answer answer) {
    boolean said =
        answer.status() == 497
            || answer.status() == 400 && answer.body().contains("sent to HTTPS port");
    return said && answer.gateway().isEmpty();
  }

  /** nginx says so itself, with the status of any bad request. */
  static Optional<Diagnosis> clientCertificate(Evidence evidence) {
    Answer answer = evidence.handshake();
    boolean asked =
        answer.status() == 495
            || answer.status() == 496
            || answer.status() == 400 && answer.body().contains("SSL certificate");
    return asked && answer.gateway().isEmpty()
        ? Optional.of(
            Diagnosis.of(
                    "client_certificate",
                    Hop.TLS,
                    "nginx asks each browser for a certificate of its own, and the doctor has none")
                .evidence("a handshake without one", "HTTP " + answer.status())
                .mendedBy(
                    List.of(
                        new Edit(
                            Place.SERVER,
                            Mending.path(evidence),
                            List.of("ssl_verify_client off;"))))
                .advise(
                    "where each browser has such a certificate, nothing is wrong: run the doctor with --public at a port that asks for none"))
        : Optional.empty();
  }

  static Optional<Diagnosis> tooLarge(Evidence evidence) {
    Answer answer = evidence.handshake();
    return answer.gateway().isEmpty()
            && PublicSide.isTooLarge(answer)
            && (answer.status() != 400 || answer.body().contains("Too Large"))
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
    if (PublicSide.isLimited(answer) && evidence.opensAgain()) {
      return Optional.of(Crowding.rateLimited(evidence, "the first handshake", answer.summary()));
    }
    return Optional.of(byRule(evidence, answer, asPlainGet(evidence)));
  }

  private static Answer asPlainGet(Evidence evidence) {
    return evidence.site.sendPatiently(
        Ask.get(evidence.plan.site(), evidence.handshake().ask().target()));
  }

  private static Diagnosis byRule(Evidence evidence, Answer answer, Answer plain) {
    String where =
        answer.route().isPresent()
            ? "in the gateway's own location: deny, limit_except or if"
            : "before the gateway's location: deny, auth_request, if, return or a firewall's rule";
    return Diagnosis.of(
            "forbidden_by_proxy", Hop.NGINX, "nginx refuses by a rule of its own, " + where)
        .evidence(
            "a handshake; the same as a plain GET",
            answer.summary()
                + "; "
                + plain.summary()
                + (plain.gateway().isPresent() ? " by the gateway: the rule looks at Upgrade" : ""))
        .mendedBy(Mending.wholeLocation(evidence, OPEN))
        .advise(
            "right where the gateway asks for tokens, not with --open; an if or return outside all locations has to be taken out by hand");
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
    if (evidence.opensAgain()) {
      return Optional.of(
          Crowding.peerDown(
              evidence, "the same handshake twice", answer.summary() + ", then it opened"));
    }
    Answer plain = asPlainGet(evidence);
    if (answer.status() >= 400 && plain.gateway().isPresent()) {
      return Optional.of(byRule(evidence, answer, plain));
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
            .mendedBy(Mending.wholeLocation(evidence))
            .advise(
                "a return, if or rewrite outside all locations comes first, and has to be taken out by hand; an error_page may hide a 502"));
  }

  static Optional<Diagnosis> failedByItself(Evidence evidence) {
    Answer answer = evidence.handshake();
    return answer.status() == 500 && answer.gateway().isEmpty() && !evidence.sighting().arrived()
        ? Optional.of(
            Diagnosis.of(
                    "proxy_failed",
                    Hop.NGINX,
                    "nginx fails before it asks the gateway, as where auth_request gets an answer it does not expect, or try_files leads to itself")
                .evidence("a handshake", "HTTP 500; " + evidence.sighting().words())
                .mendedBy(Mending.wholeLocation(evidence, OPEN))
                .advise("nginx's error log names the cause"))
        : Optional.empty();
  }
}
