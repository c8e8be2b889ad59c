package io.pushgate.gateway.nginx.judge;

import io.pushgate.gateway.nginx.Lines;
import io.pushgate.gateway.nginx.routing.Visit;
import io.pushgate.gateway.nginx.text.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Headers of a handshake and its answer that a configuration takes out or lets pass. Stateless. */
final class FilterFaults {
  private static final List<String> NEEDED =
      List.of("Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol");

  /** Some sites empty these on purpose. */
  private static final List<String> USED = List.of("Origin", "Cookie", "Authorization");

  private static final Set<String> OF_THE_ANSWER =
      Set.of("upgrade", "sec-websocket-accept", "sec-websocket-protocol");

  private FilterFaults() {}

  static List<Fault> of(Visit visit) {
    List<Fault> found = new ArrayList<>();
    emptied(visit, NEEDED, visit.variables()::textByBrowser).forEach(found::add);
    emptied(visit, USED, visit.variables()::text).forEach(fault -> found.add(fault.asWarning()));
    visit
        .scope()
        .single("proxy_pass_request_headers")
        .filter(directive -> directive.argument(0).equals("off"))
        .ifPresent(
            off ->
                found.add(
                    Fault.at(
                        off,
                        "headers_dropped",
                        "none of the client's headers is passed on",
                        visit.inLocation(Lines.PASS_REQUEST_HEADERS))));
    found.addAll(hidden(visit));
    found.addAll(forgeable(visit));
    return found;
  }

  private static List<Fault> emptied(
      Visit visit, List<String> headers, Function<String, Optional<String>> text) {
    return headers.stream()
        .flatMap(header -> HeaderFaults.setting(visit, header).stream())
        .filter(set -> text.apply(set.argument(1)).map(String::isEmpty).orElse(false))
        .map(
            set ->
                Fault.at(
                    set,
                    "headers_dropped",
                    set.argument(0) + " is not passed on",
                    visit.inLocation(Lines.pass(set.argument(0)))))
        .toList();
  }

  private static List<Fault> hidden(Visit visit) {
    List<Directive> passed = visit.scope().every("proxy_pass_header");
    return visit.scope().every("proxy_hide_header").stream()
        .filter(hide -> OF_THE_ANSWER.contains(hide.argument(0).toLowerCase(Locale.ROOT)))
        .filter(
            hide ->
                passed.stream().noneMatch(p -> p.argument(0).equalsIgnoreCase(hide.argument(0))))
        .map(
            hide ->
                Fault.at(
                    hide,
                    "answer_headers_dropped",
                    "browsers need %s in the answer, which is hidden".formatted(hide.argument(0)),
                    visit.inLocation("proxy_pass_header %s;".formatted(hide.argument(0)))))
        .toList();
  }

  private static List<Fault> forgeable(Visit visit) {
    List<Directive> setting = HeaderFaults.setting(visit, "X-Forwarded-For");
    boolean clientsOwn =
        setting.stream().allMatch(set -> set.argument(1).equals("$http_x_forwarded_for"));
    List<Fault> found = new ArrayList<>();
    if (clientsOwn) {
      found.add(
          Fault.at(
                  setting.isEmpty() ? visit.scope().place() : setting.get(0),
                  "address_forgeable",
                  "X-Forwarded-For comes from the client unchanged: it can say any address",
                  visit.inLocation(Lines.FORWARDED_FOR))
              .asWarning());
    }
    for (Directive trusted : visit.scope().every("set_real_ip_from")) {
      if (trusted.argument(0).endsWith("/0")) {
        found.add(
            Fault.at(
                    trusted,
                    "address_forgeable",
                    "set_real_ip_from trusts everybody: a client can say any address")
                .asWarning());
      }
    }
    return found;
  }
}
