package io.pushgate.gateway.config;

/** The transport and how many event loops it runs. Immutable. */
public record TransportConfig(TransportKind kind, int eventLoops) {
  public TransportConfig {
    Check.range("event-loops", eventLoops, 1, 1_024);
  }
}
