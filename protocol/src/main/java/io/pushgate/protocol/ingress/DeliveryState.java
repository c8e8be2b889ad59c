package io.pushgate.protocol.ingress;

import org.jspecify.annotations.Nullable;

/** How far a notification came with one user. */
public enum DeliveryState {
  HELD(0, "held"),
  /** Written to some session of the user, as far as this process remembers. */
  SENT(1, "sent"),
  ACKNOWLEDGED(2, "acknowledged"),
  EXPIRED(3, "expired"),
  RECALLED(4, "recalled"),
  TRIMMED(5, "trimmed");

  private final int number;
  private final String wire;

  DeliveryState(int number, String wire) {
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
  public static @Nullable DeliveryState of(String wire) {
    for (DeliveryState state : values()) {
      if (state.wire.equals(wire)) {
        return state;
      }
    }
    return null;
  }
}
