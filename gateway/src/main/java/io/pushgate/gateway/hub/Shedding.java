package io.pushgate.gateway.hub;

import io.pushgate.gateway.session.Held;
import io.pushgate.protocol.CloseCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which sessions of a loop have to go while all buffers together take too much: those that hold
 * bytes for long, the newest first. Who reads what it is sent holds them for a moment only and
 * stays, and of the others who was there before. <em>Event loop only.</em>
 */
final class Shedding {
  /** The sessions' clock may stand for a second: this is one at least. */
  private static final int LONG_MILLIS = 2_000;

  private Shedding() {}

  /** Ends sessions until this part, from 0 to 1, of the bytes that all hold is let go. */
  static void shed(SessionList sessions, double part) {
    List<Held> holders = new ArrayList<>();
    sessions.forEach(
        session -> {
          Held held = session.held();
          if (held.bytes() > 0) {
            holders.add(held);
          }
        });
    long excess = Math.round(part * bytes(holders));
    excess -= bytes(holders.stream().filter(Held::ending).toList());
    holders.removeIf(held -> held.ending() || held.heldMillis() < LONG_MILLIS);
    holders.sort(Comparator.comparingLong(Held::ageMillis));
    for (Held held : holders) {
      if (excess <= 0) {
        return;
      }
      excess -= held.bytes();
      held.session().close(CloseCode.OVERLOADED, "the gateway holds too much unsent");
    }
  }

  private static long bytes(List<Held> holders) {
    return holders.stream().mapToLong(Held::bytes).sum();
  }
}
