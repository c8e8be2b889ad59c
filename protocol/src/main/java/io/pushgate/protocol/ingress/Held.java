package io.pushgate.protocol.ingress;

import org.jspecify.annotations.Nullable;

/** Where a notification lay when it was acked. */
public enum Held {
  /** Nowhere: its time to live is zero. */
  NONE(0, "none"),
  MEMORY(1, "memory"),
  /** It survives the process being killed. */
  DISK(2, "disk"),
  /** It is on stable storage. */
  SYNCED(3, "synced"),
  /** It is in the cluster's engine. */
  REPLICATED(4, "replicated");

  private final int number;
  private final String wire;

  Held(int number, String wire) {
    this.number = number;
    this.wire = wire;
  }

  /** The byte of the binary form. */
  int number() {
    return number;
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
