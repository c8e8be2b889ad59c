package io.pushgate.gateway.nginx.judge;

import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.Lines;
import io.pushgate.gateway.nginx.routing.ProxyPass;
import io.pushgate.gateway.nginx.routing.Route.Handling;
import io.pushgate.gateway.nginx.routing.Visit;
import io.pushgate.gateway.nginx.text.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Requests that do not reach the gateway, or do though they were not meant for it. Stateless. */
final class RoutingFaults {
  /** Ends of names that regex locations for files take for a file's. */
  private static final List<String> ENDINGS =
      List.of(
          "com", "net", "org", "zip", "mov", "css", "js", "py", "sh", "md", "pl", "php", "html",
          "png", "jpg", "ico", "svg", "txt", "json", "xml", "bak", "sql", "log", "ini", "env",
          "git");

  /** A name that looks hidden, and one with what filters of requests take for an attack. */
  private static final List<String> ODD = List.of(".name@example.org", "x%2By@example.org");

  private RoutingFaults() {}

  /** Of a handshake that is not proxied. */
  static List<Fault> ofLost(Visit visit) {
    Directive place = visit.route().decisive().orElse(visit.scope().place());
    Edit[] location = location(visit, visit);
    return switch (visit.route().handling()) {
      case PROXIED, UNKNOWN -> List.of();
      case REDIRECTED ->
          List.of(
              Fault.at(
                  place,
                  "redirected",
                  "requests are redirected, which no WebSocket client follows",
                  location));
      case ANSWERED -> List.of(answered(place, location));
      case ELSEWHERE ->
          List.of(
              Fault.at(
                  place, "not_routed", "no location passes requests to the gateway", location));
    };
  }

  private static Fault answered(Directive place, Edit[] location) {
    String status = isReturn(place) ? place.argument(0) : "";
    return switch (status) {
      case "495", "496" ->
          Fault.at(
              place,
              "client_certificate",
              "browsers are refused that bring no certificate of their own",
              location);
      case "401", "403", "405", "444" ->
          Fault.at(place, "forbidden_by_proxy", "nginx answers " + status, location);
      default -> Fault.at(place, "not_routed", "nginx answers by itself", location);
    };
  }

  /** Of a handshake that is proxied, but not by the location that was made for it. */
  static Optional<Fault> ofOverridden(Visit visit) {
    return visit
        .overridden()
        .map(
            own ->
                Fault.at(
                    visit.scope().place(),
                    "not_routed",
                    "a regex location goes before the gateway's own and passes requests to "
                        + visit.proxyPass().map(ProxyPass::address).orElse("another server"),
                    visit.wholeLocation(own.address())));
  }

  /** Of a handshake that is proxied, others like it. */
  static List<Fault> ofNeighbours(Visit visit) {
    List<Fault> found = new ArrayList<>();
    swallowed(visit).ifPresent(found::add);
    if (tooWide(visit)) {
      found.add(
          Fault.at(
                  visit.scope().place(),
                  "prefix_too_wide",
                  "this location takes paths that only begin like the gateway's",
                  visit.wholeLocation(),
                  visit.edit(Edit.Place.SERVER, Lines.NOTHING_BESIDE))
              .asWarning());
    }
    return found;
  }

  private static Optional<Fault> swallowed(Visit visit) {
    return Stream.concat(ENDINGS.stream().map("name@example."::concat), ODD.stream())
        .map(name -> visit.to(Lines.PATH + name))
        .filter(other -> !goesTheSameWay(visit, other))
        .findFirst()
        .map(
            other ->
                Fault.at(
                    other.route().decisive().filter(by -> isRule(by)).orElse(other.scope().place()),
                    "names_swallowed",
                    "another location takes the requests of "
                        + other.request().target().substring(Lines.PATH.length()),
                    location(visit, other)));
  }

  /** None where a rule of the server's own decides, which runs before any location. */
  private static Edit[] location(Visit visit, Visit lost) {
    boolean inServer = lost.scope().innermost().is("server");
    return inServer && lost.route().decisive().filter(RoutingFaults::isRule).isPresent()
        ? new Edit[0]
        : new Edit[] {visit.wholeLocation()};
  }

  private static boolean goesTheSameWay(Visit visit, Visit other) {
    return other.route().handling() == Handling.UNKNOWN
        || visit
            .proxyPass()
            .map(ProxyPass::address)
            .equals(other.proxyPass().map(ProxyPass::address));
  }

  /** One that takes all requests, or all of the interface, is meant to. */
  private static boolean tooWide(Visit visit) {
    String folder = Lines.PATH.substring(0, Lines.PATH.length() - 1);
    Directive place = visit.scope().place();
    return visit.to(folder + "x/name").scope().place().equals(place)
        && !visit.to(folder.replaceFirst("ws$", "other/name")).scope().place().equals(place);
  }

  private static boolean isRule(Directive directive) {
    return isReturn(directive) || directive.is("rewrite");
  }

  private static boolean isReturn(Directive directive) {
    return directive.is("return");
  }
}
