package io.pushgate.gateway.nginx.judge;

import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.routing.Route;
import io.pushgate.gateway.nginx.routing.Scope;
import io.pushgate.gateway.nginx.routing.Visit;
import io.pushgate.gateway.nginx.text.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who is let in where the request is handled, and how often. Stateless. */
final class AccessFaults {
  /** A page with its tabs, and pages of one office, need more than a few at once. */
  private static final int FEW = 5;

  private AccessFaults() {}

  static List<Fault> of(Visit visit) {
    List<Fault> found = new ArrayList<>();
    Scope scope = visit.scope();
    scope
        .single("auth_basic")
        .filter(auth -> !auth.argument(0).equals("off"))
        .ifPresent(
            auth ->
                found.add(
                    Fault.at(
                        auth,
                        "basic_auth",
                        "a password is asked for, which no browser can enter for a WebSocket",
                        visit.inLocation("auth_basic off;"))));
    deniesAll(scope).ifPresent(deny -> found.add(forbidden(visit, deny, "allow all;")));
    for (Directive limit : scope.every("limit_except")) {
      if (!limit.arguments().contains("GET") && deniesAll(new Scope(List.of(limit))).isPresent()) {
        found.add(forbidden(visit, limit, "limit_except GET { deny all; }"));
      }
    }
    found.addAll(asked(visit));
    found.addAll(connectionLimits(visit));
    found.addAll(rateLimits(visit));
    return found;
  }

  /** Asked of each client before any request, and so of browsers that have none. */
  static List<Fault> ofServer(Visit visit) {
    return visit
        .scope()
        .single("ssl_verify_client")
        .filter(verify -> visit.request().tls() && verify.argument(0).equals("on"))
        .map(
            verify ->
                Fault.at(
                        verify,
                        "client_certificate",
                        "each browser is asked for a certificate of its own; right only where each has one",
                        visit.edit(Edit.Place.SERVER, List.of("ssl_verify_client off;")))
                    .asWarning())
        .stream()
        .toList();
  }

  /** Where some are allowed, the client may be one of them. */
  private static Optional<Directive> deniesAll(Scope scope) {
    Directive level = null;
    for (Directive block : scope.blocks()) {
      level = block.all("allow").isEmpty() && block.all("deny").isEmpty() ? level : block;
    }
    return level == null || !level.all("allow").isEmpty()
        ? Optional.empty()
        : level.all("deny").stream().filter(deny -> deny.argument(0).equals("all")).findFirst();
  }

  private static Fault forbidden(Visit visit, Directive place, String line) {
    return Fault.at(
        place, "forbidden_by_proxy", "nobody is let in here by a GET", visit.inLocation(line));
  }

  /** What is asked for permission, and answers by itself that there is none. */
  private static List<Fault> asked(Visit visit) {
    return visit
        .scope()
        .single("auth_request")
        .filter(auth -> !auth.argument(0).equals("off"))
        .flatMap(auth -> refused(visit, auth))
        .stream()
        .toList();
  }

  private static Optional<Fault> refused(Visit visit, Directive auth) {
    Route asked = visit.to(auth.argument(0)).route();
    String status = asked.decisive().map(by -> by.argument(0)).orElse("");
    if (asked.handling() != Route.Handling.ANSWERED || status.startsWith("2")) {
      return Optional.empty();
    }
    // Anything but these two is a failure to nginx, which answers 500.
    boolean refuses = status.equals("401") || status.equals("403");
    return Optional.of(
        Fault.at(
            auth,
            refuses ? "forbidden_by_proxy" : "proxy_failed",
            "what is asked for permission always answers " + status,
            visit.inLocation("auth_request off;")));
  }

  private static List<Fault> connectionLimits(Visit visit) {
    return visit.scope().every("limit_conn").stream()
        .filter(limit -> Amount.bytes(limit.argument(1)) < FEW)
        .map(
            limit ->
                Fault.at(
                    limit,
                    "connection_limit",
                    "so few connections at once are not enough: a WebSocket counts as long as it lives",
                    visit.inLocation("limit_conn %s 1000;".formatted(limit.argument(0)))))
        .toList();
  }

  private static List<Fault> rateLimits(Visit visit) {
    return visit.scope().every("limit_req").stream()
        .filter(limit -> burst(limit) + rate(visit, limit) < FEW)
        .map(
            limit ->
                Fault.at(
                    limit,
                    "rate_limit",
                    "so few handshakes at once are not enough when pages come back together",
                    visit.inLocation(
                        "limit_req %s burst=500 nodelay;".formatted(word(limit, "zone=")))))
        .toList();
  }

  private static double burst(Directive limit) {
    String burst = word(limit, "burst=");
    return burst.isEmpty() ? 0 : Amount.bytes(burst.substring("burst=".length()));
  }

  private static double rate(Visit visit, Directive limit) {
    String zone = word(limit, "zone=") + ":";
    return visit.main().first("http").stream()
        .flatMap(http -> http.all("limit_req_zone").stream())
        .filter(defined -> word(defined, "zone=").startsWith(zone))
        .mapToDouble(defined -> Amount.perSecond(word(defined, "rate=")))
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private static String word(Directive directive, String begin) {
    return directive.arguments().stream().filter(w -> w.startsWith(begin)).findFirst().orElse("");
  }
}
