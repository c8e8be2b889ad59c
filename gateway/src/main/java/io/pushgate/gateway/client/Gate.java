package io.pushgate.gateway.client;

import io.pushgate.gateway.http.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Who gets in: the contract's table of refusals, row by row, so that the last one means that all
 * but the upgrade is fine. Any thread.
 */
final class Gate {
  /**
   * 408, 413, 414 and 431 are told before a request is whole, and with them the 400 of a head that
   * cannot be read: by {@link RequestReader} and the decoder before it.
   */
  private final List<Rule> rows;

  Gate(AllowedPage allowedPage, AllowedClient allowedClient) {
    this.rows =
        List.of(
            new WellFormed(), // 400 bad_request
            request -> request.ticket().objection(request), // 429 rate_limited, 503 draining, …
            new Served(), // 404 not_found, 405 method_not_allowed
            new NamedUser(), // 400 bad_user
            allowedPage, // 403 forbidden_origin, forbidden_host
            allowedClient, // 401 unauthorized, 403 forbidden_user
            new Upgrade()); // 400 bad_handshake, 426 websocket_version, upgrade_required
  }

  /** The first objection of all, if there is one. */
  Optional<Problem> objection(PublicRequest request) {
    for (Rule row : rows) {
      Optional<Problem> objection = row.objection(request);
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }
}
