package io.pushgate.gateway.client;

import io.pushgate.gateway.http.Problem;
import java.util.Optional;

/** One row of the contract's table of refusals. */
@FunctionalInterface
interface Rule {
  /** What this row has against a request; empty where that is nothing. */
  Optional<Problem> objection(PublicRequest request);
}
