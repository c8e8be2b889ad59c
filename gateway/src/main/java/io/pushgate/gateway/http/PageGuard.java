package io.pushgate.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.pushgate.gateway.config.Origin;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps web pages off a port that is not meant for them: a browser tells of a page by {@code
 * Origin} and {@code Sec-Fetch-Site}, and a page that reached the port by DNS rebinding betrays
 * itself by its {@code Host}. Immutable.
 *
 * @param ownPages whether pages that this port itself served are let in
 * @param secret whether a secret protects the port, so that any {@code Host} will do
 */
public record PageGuard(boolean ownPages, boolean secret) {
  private static final Set<String> OWN_SITES = Set.of("none", "same-origin");

  /** The problem with a request's headers, if there is one. */
  public Optional<Problem> problem(HttpHeaders headers) {
    String host = headers.get(HttpHeaderNames.HOST, "");
    for (String origin : headers.getAll(HttpHeaderNames.ORIGIN)) {
      if (!ownPages || !isOwn(origin, host)) {
        return Optional.of(forbiddenOrigin("Origin", origin, ownPages ? originsOf(host) : "none"));
      }
    }
    for (String site : headers.getAll("sec-fetch-site")) {
      if (!OWN_SITES.contains(site)) {
        return Optional.of(forbiddenOrigin("Sec-Fetch-Site", site, "none or same-origin"));
      }
    }
    return secret ? Optional.empty() : hostProblem(headers);
  }

  /** The problem with a request's {@code Host} on a port that only this machine may reach. */
  public static Optional<Problem> hostProblem(HttpHeaders headers) {
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    boolean local =
        hosts.stream()
            .allMatch(
                host ->
                    HostHeader.parse(host).filter(HostHeader::isLocalhostOrLiteral).isPresent());
    if (local && !hosts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
            ProblemCode.FORBIDDEN_HOST,
            "Host was %s; expected localhost or an IP address, since this port has no secret"
                .formatted(hosts.isEmpty() ? "missing" : Quoted.text(String.join(", ", hosts)))));
  }

  /** The port speaks plain HTTP; a page of it by https came through a proxy that adds TLS. */
  private boolean isOwn(String origin, String host) {
    Optional<Origin> page = Origin.parse(origin);
    return page.isPresent()
        && (page.equals(Origin.parse("http://" + host))
            || (secret && page.equals(Origin.parse("https://" + host))));
  }

  private static String originsOf(String host) {
    return "none, or this port's own (" + Quoted.text("http://" + host) + ")";
  }

  private static Problem forbiddenOrigin(String header, String seen, String expected) {
    return Problem.of(
        ProblemCode.FORBIDDEN_ORIGIN,
        "%s was %s; expected %s: no web page may use this port"
            .formatted(header, Quoted.text(seen), expected));
  }
}
