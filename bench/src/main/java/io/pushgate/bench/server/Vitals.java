package io.pushgate.bench.server;

/**
 * What a gateway takes of its machine at one moment. Immutable.
 *
 * @param heapBytes what lives, where a collection was asked for; else with its garbage
 * @param directBytes what its allocator of buffers has taken outside the heap, and may keep
 * @param bufferedBytes of all buffers that are in use, also of those that no allocator keeps
 * @param cpuNanos from its start
 */
public record Vitals(
    long heapBytes,
    long directBytes,
    long bufferedBytes,
    long residentBytes,
    long descriptors,
    long cpuNanos) {}
