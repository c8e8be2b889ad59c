package io.pushgate.bench;

import java.util.List;
import java.util.Locale;

/** How a gateway keeps what it acks. */
enum Keeping {
  MEMORY,
  INTERVAL,
  ALWAYS;

  List<String> options() {
    return switch (this) {
      case MEMORY -> List.of("broker=memory");
      case INTERVAL, ALWAYS -> List.of("broker=disk", "journal-sync=" + word());
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
