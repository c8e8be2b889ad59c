package io.pushgate.gateway.nginx.judge;

import io.pushgate.gateway.nginx.Lines;
import io.pushgate.gateway.nginx.routing.Visit;
import io.pushgate.gateway.nginx.text.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a proxied handshake's own headers become on their way. Stateless. */
final class HeaderFaults {
  private HeaderFaults() {}

  /** One of the lines that a handshake needs. */
  private record Needed(String code, String header, String line, String summary) {}

  private static final Needed UPGRADE =
      new Needed("upgrade_dropped", "Upgrade", Lines.UPGRADE, "Upgrade is not passed on");
  private static final Needed CONNECTION =
      new Needed(
          "connection_dropped", "Connection", Lines.CONNECTION, "Connection does not say upgrade");
  private static final Needed VERSION =
      new Needed(
          "http_version",
          "",
          Lines.HTTP_VERSION,
          "requests are passed on as HTTP/1.0 before 1.29.7");
  private static final Needed HOST =
      new Needed(
          "host_rewritten", "Host", Lines.HOST, "the gateway sees another Host than the page's");

  private static final Needed FORWARDED_HOST =
      new Needed(
          "host_rewritten",
          "X-Forwarded-Host",
          Lines.FORWARDED_HOST,
          "the gateway is told another host than the page's");

  static List<Fault> of(Visit visit) {
    List<Needed> missing = new ArrayList<>();
    if (!passes(visit, UPGRADE, "websocket")) {
      missing.add(UPGRADE);
    }
    if (!passes(visit, CONNECTION, "upgrade")) {
      missing.add(CONNECTION);
    }
    if (visit
        .scope()
        .single("proxy_http_version")
        .filter(v -> !v.argument(0).equals("1.0"))
        .isEmpty()) {
      missing.add(VERSION);
    }
    if (!PageFaults.hostArrives(visit)) {
      missing.addAll(hostLines(visit));
    }
    if (missing.isEmpty()) {
      return List.of();
    }
    return List.of(
        missing.contains(UPGRADE) && missing.contains(HOST)
            ? locationMissing(visit)
            : linesMissing(visit, missing));
  }

  /** Host alone would change nothing where the proxy says another one yet. */
  private static List<Needed> hostLines(Visit visit) {
    if (PageFaults.forwardedHost(visit).isEmpty()) {
      return List.of(HOST);
    }
    return PageFaults.isClients(visit, "Host")
        ? List.of(FORWARDED_HOST)
        : List.of(HOST, FORWARDED_HOST);
  }

  /** The directives that set a header where the request is handled. */
  static List<Directive> setting(Visit visit, String header) {
    return visit.scope().every("proxy_set_header").stream()
        .filter(set -> set.argument(0).equalsIgnoreCase(header))
        .toList();
  }

  private static Fault locationMissing(Visit visit) {
    return Fault.at(
        visit.scope().place(),
        "location_missing",
        "the gateway's WebSocket is handled like any other request: it needs a location of its own",
        visit.wholeLocation());
  }

  private static Fault linesMissing(Visit visit, List<Needed> missing) {
    List<String> lines = new ArrayList<>(missing.stream().map(Needed::line).toList());
    lines.addAll(inherited(visit, missing));
    List<String> summaries = missing.stream().map(Needed::summary).toList();
    Needed first = missing.get(0);
    Optional<Directive> map = doubledMap(visit, first.header());
    String cause = map.isPresent() ? "; of two maps of one variable the last one counts" : "";
    Directive place =
        map.or(() -> setting(visit, first.header()).stream().findFirst())
            .orElse(visit.scope().place());
    return Fault.at(
        place,
        first.code(),
        String.join(", ", summaries) + cause,
        visit.inLocation(lines.toArray(String[]::new)));
  }

  /** Lines of an outer block that its first own line would take from the location. */
  private static List<String> inherited(Visit visit, List<Needed> missing) {
    Directive place = visit.scope().place();
    if (!place.all("proxy_set_header").isEmpty()) {
      return List.of();
    }
    return visit.scope().every("proxy_set_header").stream()
        .filter(
            set -> missing.stream().noneMatch(n -> n.header().equalsIgnoreCase(set.argument(0))))
        .map(set -> set.text().strip())
        .toList();
  }

  /** True too where it can't be told. */
  private static boolean passes(Visit visit, Needed needed, String word) {
    return setting(visit, needed.header()).stream()
        .map(set -> visit.variables().textByBrowser(set.argument(1)))
        .anyMatch(value -> value.isEmpty() || hasToken(value.get(), word));
  }

  private static boolean hasToken(String value, String word) {
    return List.of(value.toLowerCase(Locale.ROOT).split("[ ,]+", -1)).contains(word);
  }

  private static Optional<Directive> doubledMap(Visit visit, String header) {
    return setting(visit, header).stream()
        .map(set -> visit.variables().mapsOf(set.argument(1).replaceAll("[${}]", "")))
        .filter(maps -> maps.size() > 1)
        .map(maps -> maps.get(maps.size() - 1))
        .findFirst();
  }
}
