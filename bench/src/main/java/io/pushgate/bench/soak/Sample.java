package io.pushgate.bench.soak;

import io.pushgate.bench.server.Vitals;

/**
 * How a gateway was at one moment, and in the seconds before. Immutable.
 *
 * @param seconds from the start of the soak
 * @param collected whether its heap was collected for this
 * @param cores processors it took since the sample before
 * @param acked pushes since the start
 * @param arrived deliveries at the sessions of the ledger since the start
 */
public record Sample(
    double seconds,
    Vitals vitals,
    boolean collected,
    double cores,
    double p50Millis,
    double p99Millis,
    int acked,
    long arrived) {}
