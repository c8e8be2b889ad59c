package io.pushgate.protocol.ingress;

/** A request with what its answer is to be tied to. Immutable. */
public record Envelope(Ref ref, IngressRequest request) {}
