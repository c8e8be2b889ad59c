package io.pushgate.bench.fault;

import io.pushgate.bench.crash.SteadyLoad;
import io.pushgate.bench.server.GatewayProcess;
import io.pushgate.bench.server.GatewayVitals;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a fault happens: a gateway with a healthy load. Immutable.
 *
 * @param ports as the load sees them
 * @param proxy that the load's sessions come through, where the stage has one
 * @param folder of this stage alone
 * @param strangers how many hostile peers a fault has, where it does not say so itself
 */
record Scene(
    GatewayProcess.Ports ports,
    GatewayVitals vitals,
    SteadyLoad load,
    @Nullable NginxProxy proxy,
    Path folder,
    int strangers) {}
