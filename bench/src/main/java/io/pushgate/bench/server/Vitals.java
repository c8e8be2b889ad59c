package io.pushgate.bench.server;

/**
 * What a gateway takes of its machine at one moment. Immutable.
 *
 * @param heapBytes what lives, where a collection was asked for; else with its garbage
 * @param directBytes what its buffers hold outside the heap
 * @param cpuNanos from its start
 */
public record Vitals(
    long heapBytes, long directBytes, long residentBytes, long descriptors, long cpuNanos) {}
