package io.pushgate.protocol.ingress;

import org.jspecify.annotations.Nullable;

/** How a notification ended for one user. */
public enum ReceiptEvent {
  /** A session of the user acknowledged it. */
  DELIVERED(0, "delivered"),
  EXPIRED(1, "expired"),
  TRIMMED(2, "trimmed"),
  RECALLED(3, "recalled");

  private final int number;
  private final String wire;

  ReceiptEvent(int number, String wire) {
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
  public static @Nullable ReceiptEvent of(String wire) {
    for (ReceiptEvent event : values()) {
      if (event.wire.equals(wire)) {
        return event;
      }
    }
    return null;
  }
}
