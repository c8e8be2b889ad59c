package io.pushgate.gateway.nginx.judge;

import io.pushgate.gateway.nginx.Edit.Place;
import io.pushgate.gateway.nginx.Lines;
import io.pushgate.gateway.nginx.routing.Scope;
import io.pushgate.gateway.nginx.routing.Visit;
import io.pushgate.gateway.nginx.text.Directive;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Times, sizes and numbers that are too small for connections that stay. Stateless. */
final class SettingFaults {
  /** The gateway's heartbeat where nobody set another, which is all that an idle session hears. */
  private static final double HEARTBEAT_MILLIS = 25_000;

  /** A heartbeat is late by a tenth at most; behind that there is always one in time. */
  private static final double LATEST_MILLIS = HEARTBEAT_MILLIS * 1.1;

  private static final double SHUTDOWN_MILLIS = 60_000;
  private static final double HEADER_BYTES = 8192;
  private static final double CONNECTIONS = 64;

  /** What the gateway says in a refusal, and a page could read. */
  private static final Set<String> REFUSALS = Set.of("400", "401", "403", "404", "426");

  private SettingFaults() {}

  /** Those of the location that a handshake is proxied by. */
  static List<Fault> ofLocation(Visit visit) {
    return Stream.of(idleCut(visit), masked(visit), buffered(visit))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Those around it. */
  static List<Fault> ofServer(Visit visit) {
    return Stream.of(headers(visit), workers(visit), connections(visit))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Fault> idleCut(Visit visit) {
    return visit
        .scope()
        .single("proxy_read_timeout")
        .filter(timeout -> millis(timeout) < LATEST_MILLIS)
        .map(timeout -> idleCut(visit, timeout));
  }

  private static Fault idleCut(Visit visit, Directive timeout) {
    boolean before = millis(timeout) <= HEARTBEAT_MILLIS;
    String summary =
        before
            ? "an idle WebSocket is cut after %s, before the gateway's heartbeat of 25 s"
            : "an idle WebSocket is cut after %s, hardly later than the gateway's heartbeat of 25 s";
    Fault fault =
        Fault.at(
            timeout,
            "idle_cut",
            summary.formatted(String.join(" ", timeout.arguments())),
            visit.inLocation(Lines.READ_TIMEOUT));
    return before ? fault : fault.asWarning();
  }

  private static Optional<Fault> masked(Visit visit) {
    boolean refusals =
        visit.scope().every("error_page").stream()
            .anyMatch(page -> page.arguments().stream().anyMatch(REFUSALS::contains));
    return visit
        .scope()
        .single("proxy_intercept_errors")
        .filter(intercept -> refusals && intercept.argument(0).equals("on"))
        .map(
            intercept ->
                Fault.at(
                        intercept,
                        "refusal_masked",
                        "what the gateway says in a refusal is replaced by a page of nginx",
                        visit.inLocation(Lines.INTERCEPT_OFF))
                    .asWarning());
  }

  /** Events are buffered unless the gateway's own header, or this configuration, says otherwise. */
  private static Optional<Fault> buffered(Visit visit) {
    Visit events = visit.to(visit.request().target().replaceFirst("/ws/", "/sse/"));
    Scope scope = events.scope();
    boolean off =
        scope.single("proxy_buffering").filter(b -> b.argument(0).equals("off")).isPresent();
    return scope.every("proxy_ignore_headers").stream()
        .filter(ignored -> events.isProxied() && !off)
        .filter(
            ignored -> ignored.arguments().stream().anyMatch("X-Accel-Buffering"::equalsIgnoreCase))
        .map(
            ignored ->
                Fault.at(
                    ignored,
                    "events_buffered",
                    "an event stream's events are kept back until there are many",
                    events.inLocation(Lines.BUFFERING_OFF)))
        .findFirst();
  }

  private static Optional<Fault> headers(Visit visit) {
    return visit
        .scope()
        .single("large_client_header_buffers")
        .filter(buffers -> Amount.bytes(buffers.argument(1)) < HEADER_BYTES)
        .map(
            buffers ->
                Fault.at(
                    buffers,
                    "headers_too_large",
                    "cookies and tokens of a usual size are refused",
                    visit.edit(Place.SERVER, List.of("large_client_header_buffers 4 16k;"))));
  }

  private static Optional<Fault> workers(Visit visit) {
    return new Scope(List.of(visit.main()))
        .single("worker_shutdown_timeout")
        .filter(timeout -> millis(timeout) < SHUTDOWN_MILLIS)
        .map(
            timeout ->
                Fault.at(
                        timeout,
                        "workers_shut_down",
                        "each reload cuts all WebSockets after " + timeout.argument(0),
                        visit.edit(Place.MAIN, List.of("worker_shutdown_timeout 1h;")))
                    .asWarning());
  }

  private static Optional<Fault> connections(Visit visit) {
    return visit.main().all("events").stream()
        .flatMap(events -> events.all("worker_connections").stream())
        .filter(connections -> Amount.bytes(connections.argument(0)) < CONNECTIONS)
        .map(
            connections ->
                Fault.at(
                        connections,
                        "closed_unheard",
                        "a worker takes only %s connections, two for each WebSocket"
                            .formatted(connections.argument(0)))
                    .asWarning())
        .findFirst();
  }

  private static double millis(Directive timeout) {
    return Amount.millis(String.join("", timeout.arguments()));
  }
}
