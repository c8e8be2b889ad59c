package io.pushgate.gateway.config;

/** Which broker keeps the journals. */
public enum BrokerKind {
  /** In this process alone: what was acked is lost when it ends. */
  MEMORY,
  /** In this process and its data directory: what was acked is there after a kill. */
  DISK
}
