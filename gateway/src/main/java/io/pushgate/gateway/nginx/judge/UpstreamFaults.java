package io.pushgate.gateway.nginx.judge;

import io.pushgate.gateway.nginx.routing.ProxyPass;
import io.pushgate.gateway.nginx.routing.Upstreams;
import io.pushgate.gateway.nginx.routing.Visit;
import io.pushgate.gateway.nginx.text.Directive;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Addresses that nginx can pass nothing to, whatever listens there. Stateless. */
final class UpstreamFaults {
  private UpstreamFaults() {}

  static List<Fault> of(Visit visit) {
    return visit.proxyPass().stream()
        .flatMap(pass -> Stream.of(unresolved(visit, pass), allDown(visit, pass)))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Where any part is a variable, the name is looked up with each request, not at the start. */
  private static Optional<Fault> unresolved(Visit visit, ProxyPass pass) {
    String written = pass.directive().argument(0);
    return address(visit, written)
        .filter(address -> written.contains("$") && isName(address))
        .filter(address -> visit.scope().single("resolver").isEmpty())
        .filter(address -> !isKnown(visit.main(), address))
        .map(
            address ->
                Fault.at(
                    pass.directive(),
                    "wrong_upstream",
                    "nginx finds %s only with a resolver, as there is a variable in proxy_pass"
                        .formatted(host(address))));
  }

  /** What stands behind it need not be known. */
  private static Optional<String> address(Visit visit, String written) {
    Optional<String> whole = visit.variables().text(written);
    return (written.startsWith("$") ? whole : visit.variables().text(authority(written)))
        .or(() -> whole)
        .map(UpstreamFaults::authority);
  }

  private static String authority(String target) {
    return target.replaceFirst("^https?://", "").replaceFirst("/.*", "");
  }

  private static String host(String address) {
    return address.replaceFirst(":[0-9]*$", "");
  }

  private static boolean isName(String address) {
    return !address.startsWith("unix:")
        && !address.startsWith("[")
        && host(address).matches(".*[a-zA-Z].*");
  }

  /** A name that stands somewhere without a variable is looked up at the start, for all. */
  private static boolean isKnown(Directive block, String address) {
    return block.block().stream()
        .anyMatch(
            inside ->
                names(inside).filter(name -> host(name).equals(host(address))).isPresent()
                    || isKnown(inside, address));
  }

  private static Optional<String> names(Directive directive) {
    boolean names = directive.is("upstream") || directive.name().endsWith("_pass");
    return names && !directive.argument(0).contains("$")
        ? Optional.of(authority(directive.argument(0)))
        : Optional.empty();
  }

  private static Optional<Fault> allDown(Visit visit, ProxyPass pass) {
    List<Directive> servers =
        Upstreams.named(visit.main(), pass.address()).stream()
            .flatMap(upstream -> upstream.all("server").stream())
            .toList();
    boolean others = servers.stream().anyMatch(s -> !is(s, "down") && !is(s, "backup"));
    boolean backup = servers.stream().anyMatch(s -> !is(s, "down"));
    return servers.stream()
        .filter(server -> !others)
        .findFirst()
        .map(
            down ->
                Fault.at(
                    down,
                    "wrong_upstream",
                    "all servers of %s are marked as down%s"
                        .formatted(pass.address(), backup ? " but those for a backup" : "")))
        .map(fault -> backup ? fault.asWarning() : fault);
  }

  private static boolean is(Directive server, String word) {
    return server.arguments().contains(word);
  }
}
