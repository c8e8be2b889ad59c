package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.Answer;
import io.pushgate.gateway.doctor.probe.Ask;
import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.Lines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether what opened is a WebSocket that a browser accepts, and only for whom it is meant. Any
 * thread.
 */
final class Opening {
  /** As much as a site's cookies may come to. */
  private static final int PADDING = 6_000;

  private static final String COOKIE = "pushgate_doctor=x";
  private static final String FORGED = "203.0.113.7";
  private static final Duration STREAM_PATIENCE = Duration.ofSeconds(3);

  private Opening() {}

  /** What a browser checks of a 101 and simple clients do not. */
  static Optional<Diagnosis> answerHeaders(Evidence evidence) {
    Answer answer = evidence.handshake();
    if (!answer.switched()) {
      return Optional.empty();
    }
    List<String> lost = new ArrayList<>();
    if (!answer.acceptsKey()) {
      lost.add("Sec-WebSocket-Accept");
    }
    if (!answer.hasToken("Upgrade", "websocket")) {
      lost.add("Upgrade");
    }
    if (!answer.hasToken("Connection", "upgrade")) {
      lost.add("Connection");
    }
    if (!answer.hasToken("Sec-WebSocket-Protocol", "pushgate.v1")) {
      lost.add("Sec-WebSocket-Protocol");
    }
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Diagnosis.of(
                    "answer_headers_dropped",
                    Hop.NGINX,
                    "the 101 comes without what a browser needs, though simpler clients open")
                .evidence("a handshake", "101 without " + String.join(", ", lost))
                .mendedBy(Mending.inLocation(evidence, passed(lost)))
                .advise("take out the proxy_hide_header of these"));
  }

  /** The gateway itself names no protocol where it was offered none that it knows. */
  private static List<String> passed(List<String> lost) {
    List<String> lines = new ArrayList<>();
    lost.forEach(name -> lines.add("proxy_pass_header " + name + ";"));
    if (lost.contains("Sec-WebSocket-Protocol")) {
      lines.add(Lines.pass("Sec-WebSocket-Protocol"));
    }
    return lines;
  }

  /**
   * Without a token, the gateway lets in who sits at this machine and nobody else: that the doctor
   * comes in from elsewhere, or is taken for one who does, is what it must not.
   */
  static Optional<Diagnosis> openToEverybody(Evidence evidence) {
    if (isHere(evidence)) {
      return Optional.empty();
    }
    Answer stranger =
        evidence.site.sendsToken()
            ? evidence.site.sendPatiently(evidence.site.handshakeAt(Mending.path(evidence)))
            : evidence.handshake();
    return stranger.switched()
        ? Optional.of(
            Diagnosis.of(
                    "open_to_everybody",
                    Hop.GATEWAY,
                    "open to everybody: whoever comes is let in as whatever user he names")
                .evidence("a handshake without a token", "101")
                .advise(
                    "start the gateway with --token-keys FILE and without --open; and let nginx say who comes: "
                        + Lines.FORWARDED_FOR))
        : Optional.empty();
  }

  /** Whether the way begins and ends on this machine, for the gateway, too. */
  private static boolean isHere(Evidence evidence) {
    Optional<String> forwarded =
        evidence.sighting().arrival().flatMap(arrival -> arrival.header("X-Forwarded-For"));
    return evidence.address().orElseThrow().getAddress().isLoopbackAddress()
        && forwarded.filter(value -> !value.matches("(.*[, ])?(127\\.[0-9.]+|::1)")).isEmpty();
  }

  /** Everything else being fine, only a token keeps the doctor out. */
  static Optional<Diagnosis> tokenNeeded(Evidence evidence) {
    return evidence.wantsToken(evidence.handshake())
        ? Optional.of(
            Diagnosis.of(
                    "token_needed",
                    Hop.TUNNEL,
                    "the gateway asks for a token, so that the tunnel itself was not tried")
                .evidence("a handshake without a token", "401 unauthorized")
                .advise(
                    evidence.plan.token().isPresent()
                        ? "the token of --token-file goes over wss:// only"
                        : "run the doctor with --token-file FILE"))
        : Optional.empty();
  }

  /** The same handshake with cookies as large as real ones. */
  static Optional<Diagnosis> padded(Evidence evidence) {
    Ask ask =
        evidence
            .site
            .handshakeOf(evidence.plan.user())
            .with("Cookie", COOKIE + "x".repeat(PADDING));
    Answer answer = evidence.site.sendPatiently(ask);
    return PublicSide.isTooLarge(answer)
        ? Optional.of(Refusing.headersTooLarge(evidence, answer))
        : Optional.empty();
  }

  /** The gateway takes a token in a cookie, too, where pages have no better way. */
  static Optional<Diagnosis> cookieDropped(Evidence evidence) {
    Ask ask = evidence.site.handshakeOf(evidence.plan.user()).with("Cookie", COOKIE);
    return evidence
        .site
        .sighting(evidence.site.sendPatiently(ask))
        .arrival()
        .filter(arrival -> arrival.lacks("Cookie"))
        .map(
            arrival ->
                Diagnosis.of(
                        "headers_dropped", Hop.NGINX, "nginx takes out of the handshake: Cookie")
                    .evidence("Cookie: " + COOKIE, "the gateway saw none")
                    .mendedBy(Mending.inLocation(evidence, Lines.pass("Cookie")))
                    .advise("right where no page sends its token in a cookie"));
  }

  /** An address that a client made up must not arrive as if a proxy had seen it. */
  static Optional<Diagnosis> forgedAddress(Evidence evidence) {
    if (evidence.isGatewayItself()) {
      return Optional.empty();
    }
    Ask ask = evidence.site.handshakeOf(evidence.plan.user()).with("X-Forwarded-For", FORGED);
    return evidence
        .site
        .sighting(evidence.site.sendPatiently(ask))
        .arrival()
        .flatMap(arrival -> arrival.header("X-Forwarded-For"))
        .filter(value -> isBelieved(value, evidence))
        .map(
            value ->
                Diagnosis.of(
                        "address_forgeable",
                        Hop.NGINX,
                        "clients choose the address that the gateway takes them for")
                    .evidence("X-Forwarded-For: " + FORGED, "X-Forwarded-For: " + value)
                    .mendedBy(
                        Mending.inLocation(evidence, Lines.FORWARDED_FOR, Lines.FORWARDED_PROTO))
                    .advise("and set_real_ip_from names the load balancer alone"));
  }

  /**
   * Unchanged, nobody added the real address. Where nginx believed it, it stands there twice; that
   * is right for one who comes from this machine, where the balancer may be.
   */
  private static boolean isBelieved(String value, Evidence evidence) {
    boolean here = evidence.address().orElseThrow().getAddress().isLoopbackAddress();
    return value.equals(FORGED) || !here && value.endsWith(FORGED);
  }

  /** Events that come in batches come too late. Sites without the stream are fine, too. */
  static Optional<Diagnosis> bufferedEvents(Evidence evidence) {
    String path = evidence.plan.site().path("sse", evidence.plan.user());
    Ask ask = Ask.get(evidence.plan.site(), path).with("Accept", "text/event-stream");
    Answer answer = evidence.site.send(ask, STREAM_PATIENCE);
    if (!answer.answered()) {
      // A limit by rate may let it wait.
      answer = evidence.site.send(ask, PublicSide.HANDSHAKE_PATIENCE);
    }
    boolean isStream = answer.status() == 200 && answer.hasType("text/event-stream");
    boolean comes = answer.answered() && !isStream || answer.body().contains("event:");
    if (comes || !evidence.site.reaches(answer)) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnosis.of(
                "events_buffered",
                Hop.NGINX,
                "nginx holds back the events of the stream until there are many")
            .evidence("GET " + path, answer.answered() ? "a head without events" : answer.detail())
            .mendedBy(List.of(new Edit(Edit.Place.LOCATION, path, List.of(Lines.BUFFERING_OFF)))));
  }
}
