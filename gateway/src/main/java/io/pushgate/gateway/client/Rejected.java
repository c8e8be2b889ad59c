package io.pushgate.gateway.client;

import io.pushgate.gateway.http.Problem;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A request that is refused before it is whole, after which the connection cannot go on. Immutable.
 *
 * @param request what was read of it, without a body; empty where not even its head was
 */
record Rejected(Problem problem, InetAddress peer, Optional<PublicRequest> request) {}
