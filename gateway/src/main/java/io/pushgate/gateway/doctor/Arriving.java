package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.Answer;
import io.pushgate.gateway.doctor.probe.Arrival;
import io.pushgate.gateway.http.HostHeader;
import io.pushgate.gateway.nginx.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was lost of a handshake on its way to the gateway. Several losses are one diagnosis, the
 * first of the table, whose edits hold the lines of all. Any thread.
 */
final class Arriving {
  /** Headers that a handshake needs and that no proxy takes out unless it is told to. */
  private static final List<String> NEEDED =
      List.of("Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol");

  /** Of what a proxy before nginx leaves out, nginx shows the gateway only a part. */
  private static final List<String> OUTER =
      List.of(Lines.UPGRADE, Lines.CONNECTION, Lines.HTTP_VERSION, Lines.HOST, Lines.BUFFERING_OFF);

  private Arriving() {}

  static Optional<Diagnosis> fault(Evidence evidence) {
    return fault(evidence, evidence.sighting());
  }

  static Optional<Diagnosis> fault(Evidence evidence, Sighting sighting) {
    if (sighting.arrival().isEmpty()) {
      return Optional.empty();
    }
    Arrival arrival = sighting.arrival().get();
    return lost(evidence, arrival)
        .map(
            found ->
                found.sent().isEmpty()
                    ? found.evidence(sentHandshake(evidence), arrival.handshake())
                    : found);
  }

  private static Optional<Diagnosis> lost(Evidence evidence, Arrival arrival) {
    boolean upgrade = arrival.says("Upgrade", "websocket");
    boolean connection = arrival.says("Connection", "upgrade");
    boolean current = arrival.version().equals("HTTP/1.1") || arrival.version().isEmpty();
    List<String> lines = missingLines(evidence, arrival);
    Optional<Diagnosis> path = Naming.pathFault(evidence, evidence.handshake(), arrival);
    if (!upgrade && evidence.handshake().route().isPresent()) {
      return Optional.of(
          nginx(
                  "outer_proxy",
                  "the nginx with the gateway's configuration is right; a proxy before it drops Upgrade")
              .mendedBy(Mending.inLocation(evidence, OUTER))
              .advise("on the outer proxy; where that is a service, switch its WebSockets on"));
    }
    if (!upgrade && hostIsLost(evidence, arrival)) {
      return Optional.of(
          nginx("location_missing", "a location made for plain requests handles the WebSocket")
              .mendedBy(Mending.wholeLocation(evidence)));
    }
    if (!upgrade) {
      return mended(evidence, path, lines, "upgrade_dropped", "nginx does not pass Upgrade on");
    }
    if (!connection) {
      return mended(
          evidence,
          path,
          lines,
          "connection_dropped",
          "nginx does not pass Connection: Upgrade on");
    }
    if (!current) {
      return mended(
          evidence,
          path,
          lines,
          "http_version",
          "nginx speaks HTTP/1.0 to the gateway, which has no upgrade");
    }
    return path.or(() -> host(evidence, arrival))
        .or(() -> origin(evidence, arrival))
        .or(() -> headers(evidence, arrival, lines));
  }

  private static Diagnosis nginx(String code, String summary) {
    return Diagnosis.of(code, Hop.NGINX, summary);
  }

  /** Lines mend a location; one that changes the path, too, is better replaced. */
  private static Optional<Diagnosis> mended(
      Evidence evidence,
      Optional<Diagnosis> path,
      List<String> lines,
      String code,
      String summary) {
    Diagnosis fault = nginx(code, summary + path.map(p -> ", and " + p.summary()).orElse(""));
    return Optional.of(
        path.isPresent()
            ? fault.mendedBy(Mending.wholeLocation(evidence))
            : fault
                .mendedBy(Mending.inLocation(evidence, lines))
                .advise("where try_files or error_page leads to a location @name, in that one"));
  }

  /** What the location has to say that it does not, in the order of the table. */
  private static List<String> missingLines(Evidence evidence, Arrival arrival) {
    List<String> lines = new ArrayList<>();
    if (!arrival.says("Upgrade", "websocket")) {
      lines.add(Lines.UPGRADE);
    }
    if (!arrival.says("Connection", "upgrade")) {
      lines.add(Lines.CONNECTION);
    }
    if (!arrival.version().equals("HTTP/1.1") && !arrival.version().isEmpty()) {
      lines.add(Lines.HTTP_VERSION);
    }
    boolean sets = lines.contains(Lines.UPGRADE) || lines.contains(Lines.CONNECTION);
    if (sets || hostIsLost(evidence, arrival)) {
      lines.add(Lines.HOST);
    }
    if (sets) {
      // A location with lines of its own inherits none, and so might lose these.
      lines.add(Lines.FORWARDED_FOR);
      if (arrival.header("X-Forwarded-Proto").isPresent()) {
        lines.add(Lines.FORWARDED_PROTO);
      }
    }
    if (arrival.lacks("User-Agent") && arrival.lacks("Accept")) {
      lines.add(Lines.PASS_REQUEST_HEADERS);
    } else {
      NEEDED.stream().filter(arrival::lacks).map(Lines::pass).forEach(lines::add);
    }
    return lines;
  }

  private static Optional<Diagnosis> headers(
      Evidence evidence, Arrival arrival, List<String> lines) {
    List<String> missing = NEEDED.stream().filter(arrival::lacks).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            nginx(
                    "headers_dropped",
                    "nginx takes out of the handshake: " + String.join(", ", missing))
                .evidence(String.join(", ", missing), "the gateway saw none of them")
                .mendedBy(Mending.inLocation(evidence, lines)));
  }

  /** The gateway compares the page's origin with this name, and so can be told a wrong one. */
  private static Optional<Diagnosis> host(Evidence evidence, Arrival arrival) {
    Answer answer = evidence.handshake();
    List<String> lines = new ArrayList<>();
    if (isLost(evidence, arrival, "Host")) {
      lines.add(Lines.HOST);
    }
    boolean forwarded = arrival.header("X-Forwarded-Host").isPresent();
    if (forwarded && isLost(evidence, arrival, "X-Forwarded-Host")) {
      lines.add(Lines.FORWARDED_HOST);
    }
    boolean otherScheme =
        answer.code().equals("forbidden_origin") && isOtherScheme(evidence, arrival);
    if (otherScheme) {
      lines.add(Lines.FORWARDED_PROTO);
    }
    return isRefusedForItsPage(answer) && !lines.isEmpty()
        ? Optional.of(
            nginx(
                    "host_rewritten",
                    "nginx tells the gateway another host or scheme than the page asked for")
                .evidence(
                    "Host: %s, Origin: %s"
                        .formatted(evidence.plan.site().authority(), evidence.plan.origin()),
                    arrival.shown("Host")
                        + (forwarded ? ", " + arrival.shown("X-Forwarded-Host") : "")
                        + (otherScheme ? ", " + arrival.shown("X-Forwarded-Proto") : ""))
                .mendedBy(Mending.inLocation(evidence, lines)))
        : Optional.empty();
  }

  /** Behind what ends TLS a page of https arrives by http, which the gateway minds as little. */
  private static boolean isOtherScheme(Evidence evidence, Arrival arrival) {
    String seen = arrival.header("X-Forwarded-Proto").orElse("");
    String nearest = seen.substring(seen.lastIndexOf(',') + 1).strip();
    return !evidence.plan.site().secure() && nearest.equalsIgnoreCase("https");
  }

  /** Refused for where the page comes from, or by an error page that hides for what. */
  private static boolean isRefusedForItsPage(Answer answer) {
    return answer.code().equals("forbidden_origin")
        || answer.code().equals("forbidden_host")
        || answer.gateway().isEmpty() && !answer.switched();
  }

  /** The page's origin is the browser's to say, and no proxy's. */
  private static Optional<Diagnosis> origin(Evidence evidence, Arrival arrival) {
    String page = evidence.plan.origin();
    return isRefusedForItsPage(evidence.handshake())
            && arrival.header("Origin").filter(seen -> !seen.equals(page)).isPresent()
        ? Optional.of(originRewritten(evidence, arrival.shown("Origin")))
        : Optional.empty();
  }

  private static Diagnosis originRewritten(Evidence evidence, String seen) {
    return nginx("origin_rewritten", "nginx tells the gateway another origin than the page's")
        .evidence("Origin: " + evidence.plan.origin(), seen)
        .mendedBy(Mending.inLocation(evidence, Lines.pass("Origin")));
  }

  /** A port alone may be left out, as nginx's {@code $host} does. */
  private static boolean hostIsLost(Evidence evidence, Arrival arrival) {
    return isLost(evidence, arrival, "Host");
  }

  private static boolean isLost(Evidence evidence, Arrival arrival, String header) {
    Optional<HostHeader> seen = arrival.header(header).flatMap(HostHeader::parse);
    boolean sameName = seen.isPresent() && seen.get().host().equals(evidence.plan.site().address());
    boolean samePort =
        seen.isPresent()
            && (seen.get().port() < 0 || seen.get().port() == evidence.plan.site().port());
    boolean impliedPort = seen.isPresent() && seen.get().port() < 0;
    return !sameName || !(samePort || impliedPort);
  }

  private static String sentHandshake(Evidence evidence) {
    return "HTTP/1.1, Upgrade: websocket, Connection: Upgrade, Host: "
        + evidence.plan.site().authority();
  }

  /** A handshake that came whole and that the gateway refuses for reasons of its own. */
  static Optional<Diagnosis> refused(Evidence evidence) {
    Answer answer = evidence.handshake();
    if (answer.gateway().isEmpty() || evidence.isGood(answer)) {
      return Optional.empty();
    }
    Optional<String> fix = answer.problem().map(problem -> problem.textOrNull("fix"));
    if (fix.filter(Lines.PASS_REQUEST_HEADERS::equals).isPresent()) {
      // The mark by which the gateway would know the request again was dropped with the rest.
      return Optional.of(
          nginx("headers_dropped", "nginx passes none of the client's headers on")
              .evidence("a handshake", "none of its headers but those that nginx sets")
              .mendedBy(Mending.inLocation(evidence, Lines.PASS_REQUEST_HEADERS)));
    }
    Optional<String> header =
        NEEDED.stream().filter(Refused.detail(answer)::startsWith).findFirst();
    if (header.isPresent()) {
      return Optional.of(
          nginx("headers_dropped", "nginx takes out of the handshake, or changes: " + header.get())
              .evidence("a handshake", Refused.detail(answer))
              .mendedBy(Mending.inLocation(evidence, Lines.pass(header.get()))));
    }
    if (answer.code().equals("not_found")) {
      return Optional.of(Naming.unknownPath(evidence, answer));
    }
    String detail = Refused.detail(answer);
    boolean asSent = detail.contains("'" + evidence.plan.origin() + "'");
    if (answer.code().equals("forbidden_origin") && !asSent) {
      return Optional.of(originRewritten(evidence, detail));
    }
    if (answer.code().equals("forbidden_origin")) {
      return Optional.of(
          Diagnosis.of(
                  "origin_refused", Hop.GATEWAY, "the gateway lets no page of this origin connect")
              .evidence("Origin: " + evidence.plan.origin(), Refused.detail(answer))
              .advise("start the gateway with --allowed-origins " + evidence.plan.origin()));
    }
    if (answer.code().equals("forbidden_host")) {
      return Optional.of(
          Diagnosis.of(
                  "host_refused",
                  Hop.GATEWAY,
                  "without token keys the gateway answers to no public name")
              .evidence("Host: " + evidence.plan.site().authority(), Refused.detail(answer))
              .advise(
                  "start the gateway with --token-keys FILE, or with --allowed-origins "
                      + evidence.plan.origin()));
    }
    return Optional.of(Refused.byGateway(answer, "what came through nginx whole"));
  }
}
