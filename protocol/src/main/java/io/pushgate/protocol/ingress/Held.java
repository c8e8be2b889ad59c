package io.pushgate.protocol.ingress;

import org.jspecify.annotations.Nullable;

/** Where a notification lay when it was acked. The order is that of the binary form. */
public enum Held {
  /** Nowhere: its time to live is zero. */
  NONE("none"),
  MEMORY("memory"),
  /** It survives the process being killed. */
  DISK("disk"),
  /** It is on stable storage. */
  SYNCED("synced"),
  /** It is in the cluster's engine. */
  REPLICATED("replicated");

  private final String wire;

  Held(String wire) {
    this.wire = wire;
  }

  public String wire() {
    return wire;
  }

  /** Returns null for a word of a newer protocol. */
  public static @Nullable Held of(String wire) {
    for (Held held : values()) {
      if (held.wire.equals(wire)) {
        return held;
      }
    }
    return null;
  }
}
