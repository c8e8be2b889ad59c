package io.pushgate.protocol.ingress;

import org.jspecify.annotations.Nullable;

/** How a notification ended for one user. The order is that of the binary form. */
public enum ReceiptEvent {
  /** A session of the user acknowledged it. */
  DELIVERED("delivered"),
  EXPIRED("expired"),
  TRIMMED("trimmed"),
  RECALLED("recalled");

  private final String wire;

  ReceiptEvent(String wire) {
    this.wire = wire;
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
