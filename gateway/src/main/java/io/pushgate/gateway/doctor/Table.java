package io.pushgate.gateway.doctor;

import java.util.List;

/**
 * The table of faults, from the gateway outwards and from the first byte to the last: the first row
 * that matches is the diagnosis. A row asks for the probes that it needs, so their order is the
 * doctor's way, too. Immutable.
 */
final class Table {
  /** Up to the open tunnel, and through it. */
  static final List<Rule> ONE_TUNNEL =
      List.of(
          Reaching::gatewayDown, // gateway_down
          Reaching::gatewaySilent, // gateway_silent
          Reaching::gatewayRefuses, // gateway_refuses
          Reaching::noAddress, // dns_failed
          Reaching::portClosed, // port_closed, port_silent
          Reaching::certificate, // certificate, tls_failed
          Reaching::closedUnheard, // closed_unheard
          Reaching::neverAnswered, // never_answered
          Refusing::redirected, // redirected
          Refusing::plainOnTlsPort, // plain_on_tls_port
          Refusing::clientCertificate, // client_certificate
          Refusing::tooLarge, // headers_too_large
          Refusing::basicAuth, // basic_auth
          Refusing::forbidden, // rate_limit, forbidden_by_proxy
          Refusing::failedByItself, // proxy_failed
          Relaying
              ::noUpstream, // wrong_upstream, upstream_unreachable, answer_lost, upstream_peer_down
          Relaying::plainToTlsPort, // wrong_upstream
          Refusing::notRouted, // names_swallowed, not_routed
          Relaying::masked, // refusal_masked
          Relaying::noHttp, // wrong_upstream
          Arriving::fault, // outer_proxy, location_missing, upgrade_dropped, ... headers_dropped
          Arriving::refused, // origin_refused, host_refused, gateway_refuses
          Opening::answerHeaders, // answer_headers_dropped
          Talking::passes, // tunnel_stuck
          Opening::openToEverybody, // open_to_everybody
          Talking::push); // push_refused, push_lost

  /** What shows only with other requests than the one that opened. */
  static final List<Rule> MANY_TUNNELS =
      List.of(
          Opening::padded, // headers_too_large
          Naming::oddNames, // names_swallowed
          Naming::escapedNames, // path_rewritten, name_reencoded
          Crowding::limits, // closed_unheard, rate_limit, connection_limit, upstream_peer_down
          Opening::bufferedEvents, // events_buffered
          Holding::idle); // idle_cut, workers_shut_down

  /** Nothing is broken, but something is not as it should be: every row that matches. */
  static final List<Rule> WARNINGS =
      List.of(
          Reaching::someAddressDead, // address_dead
          Opening::forgedAddress, // address_forgeable
          Opening::cookieDropped, // headers_dropped
          Naming::prefixTooWide, // prefix_too_wide
          Opening::tokenNeeded); // token_needed

  private Table() {}
}
