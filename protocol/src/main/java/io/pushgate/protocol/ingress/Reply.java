package io.pushgate.protocol.ingress;

/**
 * An answer with what ties it to its request; the ref is none, or zero, for what comes by itself.
 * Immutable.
 */
public record Reply(Ref ref, IngressAnswer answer) {}
