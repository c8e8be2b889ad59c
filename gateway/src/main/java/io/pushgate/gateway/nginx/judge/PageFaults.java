package io.pushgate.gateway.nginx.judge;

import io.pushgate.gateway.nginx.Lines;
import io.pushgate.gateway.nginx.routing.ServerChoice;
import io.pushgate.gateway.nginx.routing.Visit;
import io.pushgate.gateway.nginx.text.Directive;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the gateway is told of the page that opens a WebSocket: its host and its origin. Stateless.
 */
final class PageFaults {
  private PageFaults() {}

  /** Those that are no matter of a missing line. */
  static List<Fault> of(Visit visit) {
    Optional<Fault> firstName = hostArrives(visit) ? firstName(visit) : Optional.empty();
    return Stream.of(firstName, origin(visit)).flatMap(Optional::stream).toList();
  }

  /** The page's host is compared with what the proxy says it was, and else with Host. */
  static boolean hostArrives(Visit visit) {
    return isClients(visit, forwardedHost(visit).isPresent() ? "X-Forwarded-Host" : "Host");
  }

  /** An empty one is not passed on; of several the last counts. */
  static Optional<Directive> forwardedHost(Visit visit) {
    return last(HeaderFaults.setting(visit, "X-Forwarded-Host"))
        .filter(set -> !visit.variables().text(set.argument(1)).equals(Optional.of("")));
  }

  /** True too where it can't be told. */
  static boolean isClients(Visit visit, String header) {
    return HeaderFaults.setting(visit, header).stream()
        .map(set -> visit.variables().text(set.argument(1)))
        .anyMatch(value -> value.isEmpty() || isSite(visit, value.get()));
  }

  private static boolean isSite(Visit visit, String authority) {
    String host = authority.replaceFirst(":[0-9]+$", "");
    String asked = visit.request().host();
    boolean anyName = ServerChoice.names(visit.server()).stream().noneMatch(asked::equals);
    // What a server without a name is called by its clients is not known.
    boolean aName = host.matches(".*[a-zA-Z].*\\..*");
    return host.equalsIgnoreCase(asked) || (anyName && aName);
  }

  /** Pages that were opened by another name of the server are foreign to the gateway then. */
  private static Optional<Fault> firstName(Visit visit) {
    return forwardedHost(visit)
        .filter(set -> set.argument(1).matches("\\$(server_name|\\{server_name})(:.*)?"))
        .filter(set -> takesOtherNames(visit))
        .map(
            set ->
                Fault.at(
                        set,
                        "host_rewritten",
                        "the gateway is told the server's first name, by whatever name the page was opened",
                        visit.inLocation(Lines.FORWARDED_HOST))
                    .asWarning());
  }

  private static boolean takesOtherNames(Visit visit) {
    List<String> names = ServerChoice.names(visit.server());
    return names.size() > 1 || names.stream().anyMatch(name -> name.matches("[~*.].*|.*[*]"));
  }

  /** An empty one is not passed on, which some sites mean. */
  private static Optional<Fault> origin(Visit visit) {
    return last(HeaderFaults.setting(visit, "Origin"))
        .filter(
            set ->
                visit
                    .variables()
                    .text(set.argument(1))
                    .filter(origin -> !origin.isEmpty() && !isOfPage(visit, origin))
                    .isPresent())
        .map(
            set ->
                Fault.at(
                    set,
                    "origin_rewritten",
                    "the gateway is told another origin than the page's",
                    visit.inLocation(Lines.pass("Origin"))));
  }

  /** Or of the host that the gateway is told, and so of no foreign one. */
  private static boolean isOfPage(Visit visit, String origin) {
    String authority = origin.replaceFirst("^https?://", "");
    String header = forwardedHost(visit).isPresent() ? "X-Forwarded-Host" : "Host";
    boolean told =
        last(HeaderFaults.setting(visit, header))
            .flatMap(set -> visit.variables().text(set.argument(1)))
            .filter(authority::equalsIgnoreCase)
            .isPresent();
    return !authority.equals(origin) && (told || isSite(visit, authority));
  }

  private static Optional<Directive> last(List<Directive> all) {
    return all.stream().skip(Math.max(0, all.size() - 1)).findFirst();
  }
}
