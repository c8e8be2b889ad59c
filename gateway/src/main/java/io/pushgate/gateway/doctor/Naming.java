package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.Answer;
import io.pushgate.gateway.doctor.probe.Arrival;
import io.pushgate.gateway.doctor.probe.Ask;
import io.pushgate.gateway.http.PercentText;
import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of users' names and of the path around them: regex locations that swallow some,
 * escapes that are decoded on the way, prefixes that match too much. Any thread.
 */
final class Naming {
  /** A name that no location is made for, whatever its patterns. */
  private static final String PLAIN = "probe";

  /** Ends that are top-level domains and file extensions both, and a name that looks hidden. */
  private static final List<String> ODD =
      List.of(
          "x@a.com",
          "x@a.zip",
          "x@a.mov",
          "x@a.sh",
          "x@a.py",
          "x@a.pl",
          "x@a.md",
          "x@a.css",
          "x@a.js",
          "x@a.php",
          "x@a.png",
          "x@a.jpg",
          ".x@a.org");

  private static final List<String> ESCAPED = List.of("x%2By@a.org", "x%2Fy@a.org", "x%40a.org");

  private Naming() {}

  /** The name that was tried first is swallowed where a plainer one comes through. */
  static Optional<Diagnosis> swallowed(Evidence evidence, Answer answer) {
    return reached(evidence, PLAIN)
        ? Optional.of(swallowed(evidence, List.of(evidence.plan.user()), answer))
        : Optional.empty();
  }

  /** Names like those of real users, each of which some site's pattern takes for a file. */
  static Optional<Diagnosis> oddNames(Evidence evidence) {
    Answer refused = null;
    List<String> swallowed = new ArrayList<>();
    for (String name : ODD) {
      Answer answer = evidence.site.sendPatiently(evidence.site.handshakeOf(name));
      if (isLost(evidence, name, answer)) {
        swallowed.add(name);
        refused = answer;
      }
    }
    return refused == null
        ? Optional.empty()
        : Optional.of(swallowed(evidence, swallowed, refused));
  }

  /** One server of several may be another one; a pattern takes a name each time. */
  private static boolean isLost(Evidence evidence, String name, Answer answer) {
    if (PublicSide.isLimited(answer) || answer.switched() || answer.gateway().isPresent()) {
      return false;
    }
    // At once: a question in between would make it this server's turn again.
    Answer again = evidence.site.sendPatiently(evidence.site.handshakeOf(name));
    return !evidence.site.reaches(again) && !evidence.site.reaches(answer);
  }

  private static Diagnosis swallowed(Evidence evidence, List<String> names, Answer answer) {
    return Diagnosis.of(
            "names_swallowed",
            Hop.NGINX,
            "a location takes the requests of users with such names, while others come through")
        .evidence(String.join(", ", names), answer.summary() + "; the gateway never received it")
        .mendedBy(Mending.wholeLocation(evidence));
  }

  private static boolean reached(Evidence evidence, String name) {
    return evidence.site.reaches(evidence.site.sendPatiently(evidence.site.handshakeOf(name)));
  }

  /** Names with escapes, which the gateway is to get as they were sent. */
  static Optional<Diagnosis> escapedNames(Evidence evidence) {
    for (String name : ESCAPED) {
      Answer answer = evidence.site.sendPatiently(evidence.site.handshakeOf(name));
      Optional<Diagnosis> fault =
          isLost(evidence, name, answer)
              ? lostName(evidence, answer, name)
              : changedName(evidence, answer);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  /** A slash within a name is rare, and what a pattern for names seldom lets through. */
  private static Optional<Diagnosis> lostName(Evidence evidence, Answer answer, String name) {
    return name.contains("%2F")
        ? Optional.empty()
        : Optional.of(swallowed(evidence, List.of(name), answer));
  }

  /** Where nobody can say how a name arrived, the gateway itself may know no such path. */
  private static Optional<Diagnosis> changedName(Evidence evidence, Answer answer) {
    Optional<Arrival> arrival = evidence.site.sighting(answer).arrival();
    if (arrival.flatMap(Arrival::target).isPresent()) {
      return pathFault(evidence, answer, arrival.get());
    }
    return answer.code().equals("not_found")
        ? Optional.of(
            mended(
                evidence,
                reencoded().evidence("GET " + answer.ask().target(), Refused.detail(answer))))
        : Optional.empty();
  }

  /** The gateway knew no such path as it was given. */
  static Diagnosis unknownPath(Evidence evidence, Answer answer) {
    return mended(
        evidence, rewritten().evidence("GET " + answer.ask().target(), Refused.detail(answer)));
  }

  /** The path as it arrived against the path as it was sent. */
  static Optional<Diagnosis> pathFault(Evidence evidence, Answer answer, Arrival arrival) {
    String sent = answer.ask().target();
    String expected = sent.substring(evidence.plan.site().prefix().length());
    String seen = arrival.target().orElse(expected);
    if (seen.equals(expected)) {
      return Optional.empty();
    }
    boolean escapes = PercentText.decode(seen).equals(PercentText.decode(expected));
    Diagnosis fault = escapes ? reencoded() : rewritten();
    return Optional.of(mended(evidence, fault.evidence("GET " + sent, "GET " + seen)));
  }

  private static Diagnosis reencoded() {
    return Diagnosis.of(
        "name_reencoded",
        Hop.NGINX,
        "nginx decodes the path and writes it anew, so names with %2F or %25 become others");
  }

  private static Diagnosis rewritten() {
    return Diagnosis.of("path_rewritten", Hop.NGINX, "nginx changes the path on its way");
  }

  private static Diagnosis mended(Evidence evidence, Diagnosis fault) {
    return fault
        .mendedBy(Mending.wholeLocation(evidence))
        .advise(
            "nothing may follow the address in proxy_pass, neither a path nor $uri, and no rewrite come before it");
  }

  /**
   * A location without its slash at the end takes {@code /wsfoo} too. Where its neighbours come
   * through as well, the site passes everything on, and means to.
   */
  static Optional<Diagnosis> prefixTooWide(Evidence evidence) {
    if (!arrivesAsHandshake(evidence, "wsprobe") || arrivesAsHandshake(evidence, "xprobe")) {
      return Optional.empty();
    }
    String path = evidence.plan.site().path("wsprobe");
    return Optional.of(
        Diagnosis.of(
                "prefix_too_wide",
                Hop.NGINX,
                "the gateway's location takes other paths that begin like it")
            .evidence("GET " + path, "the gateway received it as a handshake")
            .mendedBy(
                List.of(
                    new Edit(Edit.Place.SERVER, path, Lines.location(evidence.gatewayAddress())),
                    new Edit(Edit.Place.SERVER, path, Lines.NOTHING_BESIDE)))
            .advise("end the location's path in a slash: location ^~ " + Lines.PATH + " {"));
  }

  private static boolean arrivesAsHandshake(Evidence evidence, String rest) {
    Ask ask = evidence.site.handshakeAt(evidence.plan.site().path(rest + "/x"));
    return evidence
        .site
        .sighting(evidence.site.sendPatiently(ask))
        .arrival()
        .filter(arrival -> arrival.says("Upgrade", "websocket"))
        .isPresent();
  }
}
