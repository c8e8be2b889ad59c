package io.pushgate.protocol.ingress;

import org.jspecify.annotations.Nullable;

/** How far a notification came with one user. The order is that of the binary form. */
public enum DeliveryState {
  HELD("held"),
  /** Written to some session of the user, as far as this process remembers. */
  SENT("sent"),
  ACKNOWLEDGED("acknowledged"),
  EXPIRED("expired"),
  RECALLED("recalled"),
  TRIMMED("trimmed");

  private final String wire;

  DeliveryState(String wire) {
    this.wire = wire;
  }

  public String wire() {
    return wire;
  }

  /** Returns null for a word of a newer protocol. */
  public static @Nullable DeliveryState of(String wire) {
    for (DeliveryState state : values()) {
      if (state.wire.equals(wire)) {
        return state;
      }
    }
    return null;
  }
}
