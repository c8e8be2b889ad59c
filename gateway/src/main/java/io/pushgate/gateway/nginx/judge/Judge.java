package io.pushgate.gateway.nginx.judge;

import io.pushgate.gateway.nginx.Lines;
import io.pushgate.gateway.nginx.routing.GatewayAddress;
import io.pushgate.gateway.nginx.routing.Listen;
import io.pushgate.gateway.nginx.routing.Route;
import io.pushgate.gateway.nginx.routing.ServerChoice;
import io.pushgate.gateway.nginx.routing.Visit;
import io.pushgate.gateway.nginx.text.Directive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Says what is wrong for a WebSocket in a configuration, from its text alone. Stateless. */
final class Judge {
  /**
   * A name that is told apart from its decoded form, so that it shows where a path is rebuilt; then
   * plainer ones, each for patterns that take those before it and leave others to the gateway.
   */
  private static final List<String> NAMES =
      List.of("x%2By@example.org", "x%2By", "name@example.test", "probe");

  private Judge() {}

  static List<Fault> of(Configuration configuration, String host, int port) {
    return configuration
        .server(host, port)
        .map(server -> of(visit(configuration, server, host, port)))
        .orElse(List.of());
  }

  /** Whether there is a server to judge. */
  static boolean isOf(Configuration configuration) {
    return !visits(configuration).isEmpty();
  }

  /** A fault that servers share, since it stands around them, is told once. */
  static List<Fault> of(Configuration configuration) {
    Set<Fault> found = new LinkedHashSet<>();
    visits(configuration).forEach(visit -> found.addAll(of(visit)));
    return List.copyOf(found);
  }

  /**
   * Where one server is plainly made for the gateway, those that serve the same name are judged
   * with it and others left alone; where none is, each that does more than redirect might be meant.
   */
  private static List<Visit> visits(Configuration configuration) {
    List<Visit> all =
        configuration.servers().stream().flatMap(server -> visit(configuration, server)).toList();
    List<Visit> pages =
        all.stream().filter(v -> v.route().handling() != Route.Handling.REDIRECTED).toList();
    List<Visit> meant = pages.stream().filter(Judge::isMeant).toList();
    if (meant.isEmpty()) {
      return pages.isEmpty() ? all : pages;
    }
    List<String> names =
        meant.stream().flatMap(v -> ServerChoice.names(v.server()).stream()).toList();
    return pages.stream()
        .filter(
            visit ->
                meant.contains(visit)
                    || ServerChoice.names(visit.server()).stream().anyMatch(names::contains))
        .toList();
  }

  /** By TLS where it speaks that, since rules often send plain requests there. */
  private static Stream<Visit> visit(Configuration configuration, Directive server) {
    String host =
        ServerChoice.names(server).stream()
            .filter(name -> name.matches("[a-z0-9.-]*[a-z0-9]"))
            .map(name -> name.startsWith(".") ? name.substring(1) : name)
            .findFirst()
            .orElse("localhost");
    return Listen.of(server).stream()
        .sorted(Comparator.comparing(listen -> !listen.has("ssl")))
        .limit(1)
        .map(listen -> visit(configuration, server, host, listen.firstPort()));
  }

  /** With the first of the names that comes through, or the first of all where none does. */
  private static Visit visit(Configuration configuration, Directive server, String host, int port) {
    List<Visit> visits =
        NAMES.stream()
            .map(name -> Visit.of(configuration.main(), server, host, port, Lines.PATH + name))
            .toList();
    return visits.stream().filter(Visit::isProxied).findFirst().orElse(visits.get(0));
  }

  private static boolean isMeant(Visit visit) {
    boolean named = visit.server().all("location").stream().anyMatch(GatewayAddress::isOf);
    return named || (visit.isProxied() && !HeaderFaults.setting(visit, "Upgrade").isEmpty());
  }

  private static List<Fault> of(Visit visit) {
    List<Fault> found = new ArrayList<>(AccessFaults.ofServer(visit));
    found.addAll(SettingFaults.ofServer(visit));
    if (visit.route().handling() == Route.Handling.UNKNOWN) {
      return found;
    }
    if (!visit.isProxied()) {
      found.addAll(RoutingFaults.ofLost(visit));
      return found;
    }
    Optional<Fault> overridden = RoutingFaults.ofOverridden(visit);
    if (overridden.isPresent()) {
      // What that other location lacks is its own affair.
      found.add(overridden.get());
      return found;
    }
    found.addAll(AccessFaults.of(visit));
    found.addAll(UpstreamFaults.of(visit));
    List<Fault> headers = HeaderFaults.of(visit);
    found.addAll(headers);
    boolean missing = headers.stream().anyMatch(fault -> fault.code().equals("location_missing"));
    if (!missing) {
      found.addAll(PathFaults.of(visit));
      found.addAll(PageFaults.of(visit));
      found.addAll(FilterFaults.of(visit));
      found.addAll(SettingFaults.ofLocation(visit));
      found.addAll(RoutingFaults.ofNeighbours(visit));
    }
    return found;
  }
}
