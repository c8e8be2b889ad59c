package io.pushgate.gateway.ingress;

import io.pushgate.gateway.config.IngressConfig;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.routing.Router;

/** What all connections of the port share. <em>Immutable.</em> */
record IngressContext(
    Router router,
    IngressConfig config,
    Metrics metrics,
    IngressConnections connections,
    IngressAccess access) {}
