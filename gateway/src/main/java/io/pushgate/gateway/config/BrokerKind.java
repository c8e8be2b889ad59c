package io.pushgate.gateway.config;

/** Which broker keeps the journals. */
public enum BrokerKind {
  /** In this process alone: what was acked is lost when it ends. */
  MEMORY
}
